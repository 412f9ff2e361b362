using Microsoft.AspNetCore.Http;
using Selvedge.Caching;
using Selvedge.Server.Streams.Edge;
using Selvedge.Streams;
using Selvedge.Streams.Live;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;
using Selvedge.Streams.Subscriptions;

namespace Selvedge.Server.Streams;

/// <summary>Serves <c>/v1/stream/{id…}</c> and <c>/v1/{project}/stream/{id…}</c>.</summary>
internal sealed class StreamEndpoint : IDisposable
{
    private readonly Cors _cors;
    private readonly CreateHandler _create;
    private readonly AppendHandler _append;
    private readonly ReadHandler _read;
    private readonly MetadataHandler _metadata;

    private readonly SubscriptionEndpoint _subscriptions;
    private readonly SharedReads _reads;

    public StreamEndpoint(
        IStreamStore store,
        SubscriptionHub subscriptions,
        StreamOptions options,
        StreamMetrics metrics,
        TimeProvider time,
        HttpCache? cache,
        CancellationToken ending
    )
    {
        _reads = new SharedReads(store, time, metrics, options.DebugCoalesce);
        var feeds = new LiveFeeds(_reads);
        var readers = new LiveReaders(options.MaxLiveReaders, metrics, ending);
        _cors = new Cors(options.CorsOrigins);
        _create = new CreateHandler(store, subscriptions, options);
        _append = new AppendHandler(store, subscriptions, options, metrics);
        _subscriptions = new SubscriptionEndpoint(subscriptions, options);
        _metadata = new MetadataHandler(store, subscriptions);
        var origin = new StreamOrigin(store, _reads, feeds, options, time, ending);
        _read = new ReadHandler(
            store,
            origin,
            cache is not null && options.EdgeCache ? new StreamEdge(cache, origin) : null,
            _reads,
            readers,
            new SseHandler(store, feeds, readers, options, time),
            metrics,
            options
        );
    }

    public void Dispose() => _reads.Dispose();

    /// <summary>Whether a path is a stream's, or would be if its id were allowed.</summary>
    public static bool Handles(PathString path) => IsMounted(path.Value);

    /// <summary>Answers one request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        _cors.Apply(http);
        try
        {
            await AnswerAsync(http);
        }
        catch (StreamStoreException) when (!http.Response.HasStarted)
        {
            await StreamError.Unavailable.WriteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to tell.
        }
    }

    private Task AnswerAsync(HttpContext http)
    {
        var method = http.Request.Method;
        if (HttpMethods.IsOptions(method))
        {
            Cors.AnswerPreflight(http);
            return Task.CompletedTask;
        }

        if (!StreamName.TryParse(http.Request.Path.Value, out var name))
            return StreamError.InvalidName.WriteAsync(http);
        if (name.IsReserved)
            return _subscriptions.HandleAsync(http, name);
        if (HttpMethods.IsGet(method))
            return _read.HandleAsync(http, name);
        if (HttpMethods.IsPost(method))
            return _append.HandleAsync(http, name);
        if (HttpMethods.IsPut(method))
            return _create.HandleAsync(http, name);
        if (HttpMethods.IsHead(method))
            return _metadata.HeadAsync(http, name);
        if (HttpMethods.IsDelete(method))
            return _metadata.DeleteAsync(http, name);
        http.Response.Headers.Allow = "GET, POST, PUT, DELETE, HEAD, OPTIONS";
        return StreamError.Method.WriteAsync(http);
    }

    private static bool IsMounted(ReadOnlySpan<char> path)
    {
        if (!path.StartsWith("/v1/", StringComparison.Ordinal))
            return false;
        var rest = path["/v1/".Length..];
        if (rest.StartsWith("stream/", StringComparison.Ordinal))
            return true;
        var slash = rest.IndexOf('/');
        return slash > 0 && rest[(slash + 1)..].StartsWith("stream/", StringComparison.Ordinal);
    }
}
