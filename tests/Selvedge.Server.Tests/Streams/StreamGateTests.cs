using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Server.Streams;
using Selvedge.Streams;
using Selvedge.Streams.Engine;
using Selvedge.Streams.Projects;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Subscriptions;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Streams;

/// <summary>What happens between the gate's look at a stream and the answer.</summary>
public sealed class StreamGateTests
{
    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 401)]
    public async Task Head_OfAPublicStream_IsRefusedIfAPrivateOneTookItsPlaceBehindTheGate(bool isStillThere, int status)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var clock = new ManualClock();
        await using var store = MemoryStreamStore.Create(clock);
        await using var hub = await SubscriptionHub.StartAsync(store, false, clock, NullLogger.Instance, cancellation);
        var projects = ProjectRegistry.InMemory();
        projects.Create(new Project("shop"));
        var gate = new StreamGate(projects, store, new StreamOptions(), clock, NullLogger.Instance);
        Assert.True(StreamName.TryCreate("shop", "a", out var name));
        var http = new DefaultHttpContext { Request = { Method = "HEAD" } };
        await MakeAsync(isPublic: true);

        var grant = await gate.AdmitAsync(http, name);
        if (!isStillThere)
        {
            await store.DeleteAsync(name.Key, cancellation);
            await MakeAsync(isPublic: false);
        }

        await new MetadataHandler(store, hub).HeadAsync(http, name, grant);

        Assert.Equal(status, http.Response.StatusCode);

        ValueTask<CreateResult> MakeAsync(bool isPublic) =>
            store.CreateAsync(
                name.Key,
                new CreateStream
                {
                    Config = new StreamConfig("text/plain", Lifetime.Endless, Fork: null) { IsPublic = isPublic },
                },
                cancellation
            );
    }
}
