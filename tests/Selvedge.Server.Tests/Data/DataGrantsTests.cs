using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Caching.Data;
using Selvedge.Server.Data;

namespace Selvedge.Server.Tests.Data;

public sealed class DataGrantsTests : IAsyncDisposable
{
    private readonly DataCache _cache = new(
        new DataCacheOptions(),
        TimeProvider.System,
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(),
        NullLoggerFactory.Instance
    );

    public ValueTask DisposeAsync() => _cache.DisposeAsync();

    [Fact]
    public void Find_ATokenThatWasIssued_FindsItsGrant()
    {
        var grants = new DataGrants();
        var (mine, other) = (grants.Issue("a", _cache.Scope("one")), grants.Issue("b", _cache.Scope("two")));

        Assert.Equal(new DataGrant("a", _cache.Scope("one")), grants.Find($"Bearer {mine}"));
        Assert.Equal(new DataGrant("b", _cache.Scope("two")), grants.Find($"bearer {other}"));
    }

    [Fact]
    public void Find_AnythingElse_FindsNothing()
    {
        var grants = new DataGrants();
        var (mine, other) = (grants.Issue("a", _cache.Scope("one")), grants.Issue("b", _cache.Scope("two")));
        var (secret, otherSecret) = (mine.Split('.')[1], other.Split('.')[1]);
        string[] wrong =
        [
            "",
            "Bearer",
            "Bearer ",
            $"Basic {mine}",
            $"Bearer {secret}",
            "Bearer 1.",
            $"Bearer 1.{secret[..^1]}",
            $"Bearer 1.{secret}0",
            $"Bearer 1.{otherSecret}",
            $"Bearer 3.{secret}",
            $"Bearer -1.{secret}",
            $"Bearer 1 .{secret}",
            $"Bearer .{secret}",
            $"Bearer 1.{new string('é', 64)}",
        ];

        Assert.All(wrong, authorization => Assert.Null(grants.Find(authorization)));
    }
}
