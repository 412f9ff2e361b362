using Microsoft.AspNetCore.Http;
using Selvedge.Caching;
using Selvedge.Server.Streams.Edge;
using Selvedge.Streams;
using Selvedge.Streams.Access;
using Selvedge.Streams.Estuaries;
using Selvedge.Streams.Live;
using Selvedge.Streams.Projects;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;
using Selvedge.Streams.Subscriptions;

namespace Selvedge.Server.Streams;

/// <summary>Serves the paths of the streams; <c>docs/reference/streams.md</c> lists them.</summary>
internal sealed class StreamEndpoint : IDisposable
{
    private readonly Cors _cors;
    private readonly ProjectRegistry _projects;
    private readonly StreamOptions _options;
    private readonly TimeProvider _time;
    private readonly StreamGate _gate;
    private readonly CreateHandler _create;
    private readonly AppendHandler _append;
    private readonly ReadHandler _read;
    private readonly MetadataHandler _metadata;
    private readonly ReservedEndpoint _reserved;
    private readonly ProjectConfigEndpoint _config;
    private readonly EstuaryEndpoint _estuaries;
    private readonly SharedReads _reads;
    private readonly LiveFeeds _feeds;
    private readonly CancellationTokenRegistration _ending;

    public StreamEndpoint(
        IStreamStore store,
        SubscriptionHub subscriptions,
        EstuaryHub estuaries,
        ProjectRegistry projects,
        StreamGate gate,
        StreamOptions options,
        StreamMetrics metrics,
        TimeProvider time,
        HttpCache? cache,
        CancellationToken ending
    )
    {
        _reads = new SharedReads(store, time, metrics, options.DebugCoalesce);
        _feeds = new LiveFeeds(store, _reads, time);
        _ending = ending.UnsafeRegister(static feeds => ((LiveFeeds)feeds!).End(), _feeds);
        var readers = new LiveReaders(options.MaxLiveReaders, metrics);
        _cors = new Cors(options.CorsOrigins);
        _projects = projects;
        _options = options;
        _time = time;
        _gate = gate;
        _create = new CreateHandler(store, subscriptions, estuaries, options);
        _append = new AppendHandler(store, subscriptions, estuaries, options, metrics);
        _reserved = new ReservedEndpoint(new SubscriptionEndpoint(subscriptions, options), subscriptions, gate, time);
        _estuaries = new EstuaryEndpoint(store, subscriptions, estuaries, gate, options, metrics);
        _config = new ProjectConfigEndpoint(projects, time);
        _metadata = new MetadataHandler(store, subscriptions);
        var origin = new StreamOrigin(store, _reads, _feeds, options, time, ending);
        var admission = new ReadAdmission(store);
        _read = new ReadHandler(
            admission,
            origin,
            cache is not null && options.EdgeCache ? new StreamEdge(cache, origin) : null,
            _reads,
            readers,
            new SseHandler(store, admission, _feeds, readers, new SseClock(time, options.SseKeepAlive, options.SseLifetime)),
            metrics,
            options
        );
    }

    public void Dispose()
    {
        _ending.Dispose();
        _feeds.Dispose();
        _reads.Dispose();
    }

    /// <summary>Answers one request.</summary>
    /// <remarks>
    /// Between this method and a handler nothing else waits: what waits is kept in memory, once for every reader that follows and for every
    /// append that is being flushed.
    /// </remarks>
    public async Task InvokeAsync(HttpContext http, StreamRoute route)
    {
        _cors.Apply(http, _projects.Find(route.Project));
        try
        {
            var timing = _options.ServerTiming ? new ServerTiming(http.Response, _time) : null;
            if (await AdmitAsync(http, route, timing) is { } admitted)
                await DispatchAsync(http, admitted.Name, admitted.Grant);
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

    /// <summary>Lets a request to a stream in.</summary>
    /// <returns>Which stream, and what its reader may see; null when the request has been answered, refusals and everything else included.</returns>
    private async ValueTask<(StreamName Name, StreamGrant Grant)?> AdmitAsync(
        HttpContext http,
        StreamRoute route,
        ServerTiming? timing
    )
    {
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            Cors.AnswerPreflight(http);
            return null;
        }

        if (!StreamName.IsProject(route.Project))
        {
            await StreamError.InvalidProject.WriteAsync(http);
            return null;
        }

        if (route.Kind is not StreamRouteKind.Stream)
        {
            await AnswerOtherAsync(http, route);
            return null;
        }

        if (!StreamName.TryCreate(route.Project, route.Rest, out var name))
        {
            await StreamError.InvalidName.WriteAsync(http);
            return null;
        }

        if (name.IsReserved)
        {
            await _reserved.HandleAsync(http, name);
            return null;
        }

        var grant = await _gate.AdmitAsync(http, name);
        timing?.Admitted();
        if (grant.Refusal is not { } refusal)
            return (name, grant);
        await refusal.WriteAsync(http);
        return null;
    }

    private Task AnswerOtherAsync(HttpContext http, StreamRoute route) =>
        route.Kind switch
        {
            StreamRouteKind.Config => AnswerConfigAsync(http, route.Project),
            StreamRouteKind.Health => HealthAnswer.WriteAsync(http),
            _ => _estuaries.HandleAsync(http, route),
        };

    private Task DispatchAsync(HttpContext http, StreamName name, in StreamGrant grant)
    {
        var method = http.Request.Method;
        if (HttpMethods.IsGet(method))
            return _read.HandleAsync(http, name, grant);
        if (HttpMethods.IsPost(method))
            return _append.HandleAsync(http, name);
        if (HttpMethods.IsPut(method))
            return CreateAsync(http, name);
        if (HttpMethods.IsHead(method))
            return _metadata.HeadAsync(http, name, grant);
        if (HttpMethods.IsDelete(method))
            return _metadata.DeleteAsync(http, name);
        http.Response.Headers.Allow = "GET, POST, PUT, DELETE, HEAD, OPTIONS";
        return StreamError.Method.WriteAsync(http);
    }

    private async Task CreateAsync(HttpContext http, StreamName name)
    {
        await _create.HandleAsync(http, name);
        await _gate.TellReaderKeyAsync(http, name);
    }

    private Task AnswerConfigAsync(HttpContext http, string project)
    {
        var grant = _gate.Admit(http, project, AccessScope.Manage, streamId: null);
        return grant.Refusal is { } refusal ? refusal.WriteAsync(http) : _config.HandleAsync(http, project);
    }
}
