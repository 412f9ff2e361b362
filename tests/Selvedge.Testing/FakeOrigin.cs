using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Selvedge.Testing;

/// <summary>A real HTTP origin on loopback that answers as a test scripts it, and remembers what it was asked.</summary>
public sealed class FakeOrigin : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();

    private FakeOrigin(WebApplication app) => _app = app;

    /// <summary>Where it listens, such as <c>http://127.0.0.1:40123</c>.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>The requests so far, in the order of their arrival, bodies read.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Starts an origin.</summary>
    /// <param name="handler">Answers every request, which it gets as recorded.</param>
    /// <param name="port">A loopback port, or 0 for any that is free.</param>
    public static async Task<FakeOrigin> StartAsync(Func<RecordedRequest, HttpContext, Task> handler, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        var origin = new FakeOrigin(builder.Build());
        origin._app.Run(async context =>
        {
            var request = await RecordAsync(context.Request);
            origin._requests.Enqueue(request);
            await handler(request, context);
        });
        await origin._app.StartAsync();
        origin.BaseAddress = new Uri(origin._app.Urls.Single());
        return origin;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<RecordedRequest> RecordAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);

        var headers = request.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new RecordedRequest(request.Method, target, headers, body);
    }
}
