using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Selvedge.Streams;
using Selvedge.Streams.Engine;
using Selvedge.Streams.Storage;

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
    /// <param name="dataDirectory">Where the server keeps what must outlive it; streams get a directory in it.</param>
    /// <param name="time">The clock that lifetimes, timeouts and cursors run by.</param>
    /// <param name="loggers">Where events go.</param>
    /// <exception cref="StreamStoreException">The directory is in use or damaged; the message says which.</exception>
    public static StreamHost Open(StreamOptions options, string dataDirectory, TimeProvider time, ILoggerFactory loggers)
    {
        var store = OpenStore(options, dataDirectory, time, loggers);
        return new StreamHost(store, new StreamEndpoint(store, options, time));
    }

    /// <summary>Answers one request whose path <see cref="Handles"/>.</summary>
    public Task InvokeAsync(HttpContext http) => _endpoint.InvokeAsync(http);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static IStreamStore OpenStore(StreamOptions options, string dataDirectory, TimeProvider time, ILoggerFactory loggers)
    {
        if (options.InMemory)
            return MemoryStreamStore.Create(time);
        var settings = new LogSettings { WalBytes = options.WalBytes };
        var logger = loggers.CreateLogger("Selvedge.Streams");
        return LogStreamStore.Open(Path.Combine(dataDirectory, "streams"), settings, time, logger);
    }
}
