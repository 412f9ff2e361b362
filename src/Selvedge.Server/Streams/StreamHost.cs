using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Selvedge.Caching;
using Selvedge.Streams;
using Selvedge.Streams.Engine;
using Selvedge.Streams.Estuaries;
using Selvedge.Streams.Projects;
using Selvedge.Streams.Storage;
using Selvedge.Streams.Subscriptions;

namespace Selvedge.Server.Streams;

/// <summary>Streams, ready to be mounted: the store, and everything that answers for it.</summary>
public sealed class StreamHost : IAsyncDisposable
{
    private static readonly TaskCompletionSource<Exception> Never = new();

    private readonly CancellationTokenSource _ending;
    private readonly IStreamStore _store;
    private readonly SubscriptionHub _subscriptions;
    private readonly EstuaryHub _estuaries;
    private readonly StreamEndpoint _endpoint;

    private StreamHost(
        IStreamStore store,
        SubscriptionHub subscriptions,
        EstuaryHub estuaries,
        StreamEndpoint endpoint,
        StreamMetrics metrics,
        CancellationTokenSource ending
    )
    {
        _estuaries = estuaries;
        Metrics = metrics;
        _ending = ending;
        _store = store;
        _subscriptions = subscriptions;
        _endpoint = endpoint;
    }

    /// <summary>What reads have cost so far.</summary>
    public StreamMetrics Metrics { get; }

    /// <summary>Whether a path is the streams'. Everything else is a deployment's.</summary>
    public static bool Handles(PathString path) => StreamRoute.TryParse(path.Value, out _);

    /// <summary>Opens the store and puts the endpoint in front of it.</summary>
    /// <param name="options">Settings without fault.</param>
    /// <param name="projects">Says who may use which streams.</param>
    /// <param name="dataDirectory">Where the server keeps what must outlive it; streams get a directory in it.</param>
    /// <param name="time">The clock that lifetimes, timeouts and cursors run by.</param>
    /// <param name="meters">Makes the meter.</param>
    /// <param name="loggers">Where events go.</param>
    /// <param name="cache">The cache in front of reads; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="StreamStoreException">The directory is in use or damaged; the message says which.</exception>
    public static async ValueTask<StreamHost> OpenAsync(
        StreamOptions options,
        ProjectRegistry projects,
        string dataDirectory,
        TimeProvider time,
        IMeterFactory meters,
        ILoggerFactory loggers,
        HttpCache? cache,
        CancellationToken cancellationToken
    )
    {
        var logger = loggers.CreateLogger("Selvedge.Streams");
        var metrics = new StreamMetrics(meters);
        var store = OpenStore(options, dataDirectory, time, metrics, logger);
        try
        {
            var subscriptions = await SubscriptionHub.StartAsync(
                store,
                options.AllowLoopbackWebhooks,
                time,
                logger,
                cancellationToken
            );
            var estuaries = await EstuaryHub.StartAsync(store, subscriptions.AppendedAsync, time, logger, cancellationToken);
            var ending = new CancellationTokenSource();
            var gate = new StreamGate(projects, store, options, time, logger);
            var endpoint = new StreamEndpoint(
                store,
                subscriptions,
                estuaries,
                projects,
                gate,
                options,
                metrics,
                time,
                cache,
                ending.Token
            );
            return new StreamHost(store, subscriptions, estuaries, endpoint, metrics, ending);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Completes with the reason if the disk fails. Nothing can be written from then on, so the process should end and be started again.
    /// </summary>
    public Task<Exception> Failed => (_store as LogStreamStore)?.Failed ?? Never.Task;

    /// <summary>The streams whose store name (<c>project/id</c>) begins with a prefix, the server's own included, in no order.</summary>
    public IAsyncEnumerable<StreamInfo> ListAsync(string prefix, string after, CancellationToken cancellationToken) =>
        _store.ListAsync(prefix, after, cancellationToken);

    /// <summary>Makes another key sign webhooks. The one before stays published for an hour.</summary>
    /// <returns>The name of the key that signs now; null if none was made.</returns>
    public async ValueTask<string?> RotateWebhookKeyAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await _subscriptions.Keys.RotateAsync(now, cancellationToken) ? _subscriptions.Keys.KeyId : null;

    /// <summary>Answers one request whose path <see cref="Handles"/>.</summary>
    public Task InvokeAsync(HttpContext http) =>
        StreamRoute.TryParse(http.Request.Path.Value, out var route)
            ? _endpoint.InvokeAsync(http, route)
            : StreamError.NothingThere.WriteAsync(http);

    /// <summary>Lets nobody wait any longer: followers get an answer now and come back, to this server or another.</summary>
    public void EndLiveReads() => _ending.Cancel();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _ending.Dispose();
        await _estuaries.DisposeAsync();
        _endpoint.Dispose();
        await _subscriptions.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static IStreamStore OpenStore(
        StreamOptions options,
        string dataDirectory,
        TimeProvider time,
        StreamMetrics metrics,
        ILogger logger
    )
    {
        if (options.InMemory)
            return MemoryStreamStore.Create(time);

        // A record must fit into a write-ahead file several times, whatever the longest append is.
        var needed = 4L * (options.MaxAppendBytes + 1L);
        var settings = new LogSettings { WalBytes = (int)Math.Min(Math.Max(options.WalBytes, needed), int.MaxValue) };
        return LogStreamStore.Open(Path.Combine(dataDirectory, "streams"), settings, time, metrics, logger);
    }
}
