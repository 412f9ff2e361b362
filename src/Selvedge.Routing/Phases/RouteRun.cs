using Selvedge.Routing.Config;
using Selvedge.Routing.Explain;
using Selvedge.Routing.Memory;
using Selvedge.Routing.Requests;
using Selvedge.Routing.Substitution;

namespace Selvedge.Routing.Phases;

/// <summary>One request on its way through the phases.</summary>
/// <remarks>
/// <code>
///   1 initial ── redirect, middleware, another origin ──────────────► decision
///        │
///   2 lookup ─ found ─► hit ──────────────────────────────────────► target
///        │ nothing: miss
///     filesystem, each destination: lookup ─► miss ─► rewrite
///     rewrite, each destination: lookup ─► miss
///        │
///   3 resource, each destination: lookup ─► miss
///        │
///   4 error ─ a page ─► hit ───────────────────────────────────────► target with the error's status
///           └ none ───────────────────────────────────────────────► error
/// </code>
/// Path and query are saved at the end of step 1 and restored where steps 2, 3 and 4 begin; status and headers stay as they are.
/// <c>DESIGN.md</c> tells the same at length.
/// </remarks>
internal sealed partial class RouteRun
{
    private readonly RouteTable _table;
    private readonly ILookup _lookup;
    private readonly IMiddleware? _middleware;
    private readonly InputRecorder? _recorder;
    private readonly TraceRecorder? _trace;
    private readonly LiveRequest _request;
    private readonly CaptureScope _captures = new();
    private readonly RoutedHeaders _headers = new();
    private Waypoint _base;

    /// <summary>Prepares a run.</summary>
    /// <param name="table">The routes.</param>
    /// <param name="lookup">What exists.</param>
    /// <param name="request">The client's request.</param>
    /// <param name="middleware">Runs middleware, if there is anything to run it.</param>
    /// <param name="recorder">Writes down what the decision depends on, if it may be remembered.</param>
    /// <param name="trace">Receives the steps, if anyone asked.</param>
    public RouteRun(
        RouteTable table,
        ILookup lookup,
        RouteRequest request,
        IMiddleware? middleware,
        InputRecorder? recorder,
        RouteTrace? trace
    )
    {
        _table = table;
        _lookup = lookup;
        _middleware = middleware;
        _recorder = recorder;
        _request = new LiveRequest(request, recorder);
        _trace = trace is null ? null : new TraceRecorder(trace);
        _base = Here();
        if (table.HasWildcards)
            _captures.Wildcard = table.Wildcard(_request.Host);
    }

    /// <summary>Takes the request through all phases.</summary>
    public async ValueTask<RouteDecision> RunAsync(CancellationToken cancellationToken)
    {
        // 0. A path that could lead out of the deployment is refused before anything sees it.
        if (!PathSafety.IsSafe(_request.Path))
            return Decide(RouteOutcome.Error, 400, ErrorCodes.BadRequest);

        // 1. Initial: headers, redirects, middleware, rewrites before files; then what the path leads to.
        var end = await WalkAsync(RoutePhase.Initial, cancellationToken);
        if (end is null && _stoppedBy is null)
            end = FindOrMiss();
        if ((end ?? FailIfError()) is { } initial)
            return initial;

        // 2. Main: what the client named itself, then rewrites after files, then dynamic routes.
        Return(_base);
        end = _stoppedBy?.Destination is not null ? FindOrMiss() : null;
        end ??= await WalkAsync(RoutePhase.Filesystem, cancellationToken);
        if (end is null && _stoppedBy is null)
            end = await WalkAsync(RoutePhase.Rewrite, cancellationToken);
        if ((end ?? FailIfError()) is { } main)
            return main;

        // 3. Resource: the last rewrites.
        Return(_base);
        end = await WalkAsync(RoutePhase.Resource, cancellationToken);
        if (end is null && _stoppedBy is null && !ReferenceEquals(_request.Path, _base.Path))
            end = FindOrMiss();
        if ((end ?? FailIfError()) is { } resource)
            return resource;

        // 4. Nothing is there.
        return Fail(404);
    }

    /// <summary>Takes an error that happened after routing through the error phase, with the headers routing had set by then.</summary>
    public RouteDecision RunError(int status, string errorCode, IReadOnlyList<RoutedHeader> headers)
    {
        foreach (var header in headers)
        {
            if (header.Precedence == HeaderPrecedence.Append)
                _headers.Add(header);
            else
                _headers.Set(header);
        }

        return PathSafety.IsSafe(_request.Path) ? Fail(status, errorCode) : Decide(RouteOutcome.Error, status, errorCode);
    }

    /// <summary>Serves an output that needed no looking for.</summary>
    public RouteDecision RunHit(RouteTarget target) => Hit(target);

    private Waypoint Here() => new(_request.Path, _request.Query, _lead, _leadMatch);

    private void Return(Waypoint waypoint)
    {
        _request.Path = waypoint.Path;
        _request.Query = waypoint.Query;
        _lead = waypoint.Lead;
        _leadMatch = waypoint.LeadMatch;
    }
}
