using Microsoft.AspNetCore.Http;
using Selvedge.Streams;
using Selvedge.Streams.Engine;

namespace Selvedge.Server.Streams;

/// <summary>Streams, ready to be mounted: the store, and everything that answers for it.</summary>
public sealed class StreamHost : IAsyncDisposable
{
    private readonly IStreamStore _store;
    private readonly StreamEndpoint _endpoint;

    private StreamHost(IStreamStore store, StreamEndpoint endpoint)
    {
        _store = store;
        _endpoint = endpoint;
    }

    /// <summary>Whether a path is a stream's. Everything else is a deployment's.</summary>
    public static bool Handles(PathString path) => StreamEndpoint.Handles(path);

    /// <summary>Opens the store and puts the endpoint in front of it.</summary>
    /// <param name="options">Settings without fault.</param>
    /// <param name="time">The clock that lifetimes, timeouts and cursors run by.</param>
    public static StreamHost Create(StreamOptions options, TimeProvider time)
    {
        var store = MemoryStreamStore.Create(time);
        return new StreamHost(store, new StreamEndpoint(store, options, time));
    }

    /// <summary>Answers one request whose path <see cref="Handles"/>.</summary>
    public Task InvokeAsync(HttpContext http) => _endpoint.InvokeAsync(http);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
