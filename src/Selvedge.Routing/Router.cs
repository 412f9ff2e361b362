using Selvedge.Routing.Explain;
using Selvedge.Routing.Memory;
using Selvedge.Routing.Phases;

namespace Selvedge.Routing;

/// <summary>Decides where requests go: one table, one deployment.</summary>
/// <param name="table">The compiled routes.</param>
/// <param name="lookup">What exists in the deployment. It must answer a path alike for as long as the router lives.</param>
public sealed class Router(RouteTable table, ILookup lookup)
{
    // It dies with the router, and so with the deployment whose outputs it knows of.
    private readonly DecisionMemory? _memory = table.Options.MemorySize > 0 ? new DecisionMemory(table.Options.MemorySize) : null;

    /// <summary>Decides where a request goes. Never throws for anything a client, a route or middleware says.</summary>
    /// <param name="request">The request.</param>
    /// <param name="middleware">Runs middleware for this request; without it, a route that names middleware fails with 500.</param>
    /// <param name="cancellationToken">Handed to middleware.</param>
    /// <returns>The decision. It may be shared with other requests.</returns>
    public ValueTask<RouteDecision> RouteAsync(RouteRequest request, IMiddleware? middleware, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_memory is null)
            return new RouteRun(table, lookup, request, middleware, recorder: null, trace: null).RunAsync(cancellationToken);
        if (_memory.Recall(request) is { } known)
            return new ValueTask<RouteDecision>(known.Decision);
        return DecideAndRememberAsync(_memory, request, middleware, cancellationToken);
    }

    /// <summary>What is remembered of how such a request was decided.</summary>
    /// <param name="request">The request.</param>
    /// <returns><see langword="null"/> if nothing is, or the decision is one that each request needs for itself.</returns>
    public Recollection? Recall(RouteRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _memory?.Recall(request);
    }

    /// <summary>Decides where a request goes and tells how.</summary>
    /// <param name="request">The request.</param>
    /// <param name="middleware">Runs middleware for this request.</param>
    /// <param name="trace">Receives the steps. Nothing is recalled or remembered: the steps are taken.</param>
    /// <param name="cancellationToken">Handed to middleware.</param>
    /// <returns>The decision.</returns>
    public ValueTask<RouteDecision> RouteAsync(
        RouteRequest request,
        IMiddleware? middleware,
        RouteTrace? trace,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        return trace is null
            ? RouteAsync(request, middleware, cancellationToken)
            : new RouteRun(table, lookup, request, middleware, recorder: null, trace).RunAsync(cancellationToken);
    }

    /// <summary>The error phase, for failures that happen after routing: a function threw, an origin could not be reached.</summary>
    /// <param name="request">The request.</param>
    /// <param name="status">The status of the error.</param>
    /// <param name="errorCode">The platform's code for it, such as <c>FUNCTION_INVOCATION_FAILED</c>.</param>
    /// <param name="failed">The decision whose target failed: the headers it had gathered stay on the error's answer.</param>
    /// <returns>The error page that the routes name, or an error without one.</returns>
    public RouteDecision RouteError(RouteRequest request, int status, string errorCode, RouteDecision? failed = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var run = new RouteRun(table, lookup, request, middleware: null, recorder: null, trace: null);
        return run.RunError(status, errorCode, failed?.ResponseHeaders ?? []);
    }

    /// <summary>The hit phase alone, for an output that is served without a client's having asked for it.</summary>
    /// <param name="request">The request that asks for it; its path is the output's.</param>
    /// <param name="target">The output.</param>
    /// <returns>The decision to answer with it.</returns>
    public RouteDecision RouteHit(RouteRequest request, RouteTarget target)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(target);
        return new RouteRun(table, lookup, request, middleware: null, recorder: null, trace: null).RunHit(target);
    }

    private async ValueTask<RouteDecision> DecideAndRememberAsync(
        DecisionMemory memory,
        RouteRequest request,
        IMiddleware? middleware,
        CancellationToken cancellationToken
    )
    {
        var recorder = new InputRecorder();
        var decision = await new RouteRun(table, lookup, request, middleware, recorder, trace: null).RunAsync(cancellationToken);
        if (!recorder.IsSpoilt)
            memory.Remember(request, recorder.Inputs, decision);
        return decision;
    }
}
