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
        var feeds = new LiveFeeds(_reads);
        var readers = new LiveReaders(options.MaxLiveReaders, metrics, ending);
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

    /// <summary>Answers one request.</summary>
    public async Task InvokeAsync(HttpContext http, StreamRoute route)
    {
        _cors.Apply(http, _projects.Find(route.Project));
        var timing = _options.ServerTiming ? new ServerTiming(http.Response, _time) : null;
        try
        {
            await AnswerAsync(http, route, timing);
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

    private Task AnswerAsync(HttpContext http, StreamRoute route, ServerTiming? timing)
    {
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            Cors.AnswerPreflight(http);
            return Task.CompletedTask;
        }

        if (!StreamName.IsProject(route.Project))
            return StreamError.InvalidProject.WriteAsync(http);
        return route.Kind switch
        {
            StreamRouteKind.Stream => AnswerStreamAsync(http, route, timing),
            StreamRouteKind.Config => AnswerConfigAsync(http, route.Project),
            StreamRouteKind.Health => HealthAnswer.WriteAsync(http),
            _ => _estuaries.HandleAsync(http, route),
        };
    }

    private async Task AnswerStreamAsync(HttpContext http, StreamRoute route, ServerTiming? timing)
    {
        if (!StreamName.TryCreate(route.Project, route.Rest, out var name))
        {
            await StreamError.InvalidName.WriteAsync(http);
            return;
        }

        if (name.IsReserved)
        {
            await _reserved.HandleAsync(http, name);
            return;
        }

        var grant = await _gate.AdmitAsync(http, name);
        timing?.Admitted();
        if (grant.Refusal is { } refusal)
        {
            await refusal.WriteAsync(http);
            return;
        }

        await DispatchAsync(http, name, grant);
    }

    private async Task DispatchAsync(HttpContext http, StreamName name, StreamGrant grant)
    {
        var method = http.Request.Method;
        if (HttpMethods.IsGet(method))
        {
            await _read.HandleAsync(http, name, grant);
        }
        else if (HttpMethods.IsPost(method))
        {
            await _append.HandleAsync(http, name);
        }
        else if (HttpMethods.IsPut(method))
        {
            await _create.HandleAsync(http, name);
            await _gate.TellReaderKeyAsync(http, name);
        }
        else if (HttpMethods.IsHead(method))
        {
            await _metadata.HeadAsync(http, name, grant);
        }
        else if (HttpMethods.IsDelete(method))
        {
            await _metadata.DeleteAsync(http, name);
        }
        else
        {
            http.Response.Headers.Allow = "GET, POST, PUT, DELETE, HEAD, OPTIONS";
            await StreamError.Method.WriteAsync(http);
        }
    }

    private Task AnswerConfigAsync(HttpContext http, string project)
    {
        var grant = _gate.Admit(http, project, AccessScope.Manage, streamId: null);
        return grant.Refusal is { } refusal ? refusal.WriteAsync(http) : _config.HandleAsync(http, project);
    }
}
