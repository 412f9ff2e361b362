using Selvedge.Routing.Config;
using Selvedge.Routing.Patterns;

namespace Selvedge.Routing.Phases;

/// <summary>How a phase's routes are walked, and what happens where one of them ends the walk.</summary>
internal sealed partial class RouteRun
{
    // A request that makes patterns time out again and again is an attack, not bad luck.
    private const int MaxTimeouts = 3;

    private int _walks;
    private CompiledRoute? _stoppedBy;
    private List<RouteFault>? _faults;

    /// <summary>Applies the routes of a phase in order.</summary>
    /// <returns>The decision if one was made; otherwise <c>_stoppedBy</c> says which route ended the phase, if any.</returns>
    private async ValueTask<RouteDecision?> WalkAsync(RoutePhase phase, CancellationToken cancellationToken)
    {
        _stoppedBy = null;
        if (!Enter(phase, out var cursor, out var end))
            return end;

        while (Next(ref cursor, phase, out end) is { } route)
        {
            if (HasRun(route.MiddlewarePath))
                continue;

            var before = Here();
            end = route.MiddlewarePath is null ? null : await InvokeAsync(route, cancellationToken);
            end ??= Apply(route, phase);
            if (end is not null)
                return end;
            if (route.Continues)
            {
                if (phase == RoutePhase.Initial)
                    _base = Here();
                continue;
            }

            end = await SettleAsync(route, phase, cancellationToken);
            if (end is not null)
                return end;
            if (!GoesOn(route, phase, before))
                break;
        }

        return end;
    }

    /// <summary>Looks for what a route that ends its phase leads to.</summary>
    private async ValueTask<RouteDecision?> SettleAsync(
        CompiledRoute route,
        RoutePhase phase,
        CancellationToken cancellationToken
    )
    {
        if (route.Destination is null && IsError(route.Status))
            return Fail(route.Status!.Value);
        if (Find() is { } target)
            return Hit(target);
        if (route.Check && IsError(route.Status))
            return Fail(route.Status!.Value);
        if (Miss() is { } missed)
            return missed;

        // A checked rewrite may still lead to a dynamic route, and before files also to a rewrite after files.
        var reached = Here();
        RouteDecision? end = null;
        CompiledRoute? stoppedBy = null;
        if (route.Check && phase is RoutePhase.Initial or RoutePhase.Resource)
        {
            end = await WalkAsync(RoutePhase.Filesystem, cancellationToken);
            stoppedBy = _stoppedBy;
        }

        if (end is null && stoppedBy is null && (route.Check ? phase != RoutePhase.Rewrite : phase == RoutePhase.Filesystem))
            end = await WalkAsync(RoutePhase.Rewrite, cancellationToken);
        Return(reached);
        return end;
    }

    /// <summary>Whether the walk goes on after a route whose destination was not found, and from where.</summary>
    private bool GoesOn(CompiledRoute route, RoutePhase phase, Waypoint before)
    {
        // The client's own path, as earlier routes left it, is what the later phases begin with.
        if (phase == RoutePhase.Initial)
            _base = route.Destination is null ? Here() : before;
        if (phase == RoutePhase.Rewrite && !route.Check)
            Return(before);
        var goesOn = phase == RoutePhase.Rewrite || (phase != RoutePhase.Initial && route.Check);
        _stoppedBy = goesOn ? null : route;
        return goesOn;
    }

    /// <summary>Applies the routes that follow a lookup that found nothing; none of them outlives its failure but in headers.</summary>
    private RouteDecision? Miss()
    {
        if (!Enter(RoutePhase.Miss, out var cursor, out var end))
            return end;

        var before = Here();
        while (Next(ref cursor, RoutePhase.Miss, out end) is { } route)
        {
            end = Apply(route, RoutePhase.Miss);
            if (end is not null)
                return end;
            if (route.Continues)
                continue;
            if (route.Destination is not null)
            {
                if (Find() is { } target)
                    return Hit(target);
            }
            else if (IsError(route.Status))
            {
                return Fail(route.Status!.Value);
            }
        }

        Return(before);
        return end;
    }

    private RouteDecision? FindOrMiss() => Find() is { } target ? Hit(target) : Miss();

    /// <summary>Begins a walk, unless there is nothing to walk or the request has walked enough.</summary>
    private bool Enter(RoutePhase phase, out PhaseCursor cursor, out RouteDecision? end)
    {
        var routes = _table.Phase(phase);
        cursor = new PhaseCursor(routes);
        end = null;
        if (routes.IsEmpty)
            return false;
        if (++_walks <= _table.Options.MaxPhaseIterations)
            return true;

        end = Decide(RouteOutcome.Error, 508, ErrorCodes.Loop);
        return false;
    }

    /// <summary>The next route that applies.</summary>
    private CompiledRoute? Next(ref PhaseCursor cursor, RoutePhase phase, out RouteDecision? end)
    {
        end = null;
        while (cursor.Next(_request.Path) is { } route)
        {
            // In the error phase the status is a question, not an answer.
            if (phase == RoutePhase.Error && route.Status is { } status && status != _status)
                continue;

            var result = RouteMatcher.Match(route, _request, _captures);
            if (result == MatchResult.Yes)
                return route;
            if (result != MatchResult.TimedOut)
                continue;

            // Its route does not apply, unless it guards the site: what guards is never skipped.
            var isLimit = Note(route) >= MaxTimeouts;
            if (phase is RoutePhase.Hit or RoutePhase.Error && isLimit)
                return null;
            if (phase is not (RoutePhase.Hit or RoutePhase.Error) && (isLimit || route.IsGuard))
            {
                end = Fail(500, ErrorCodes.Timeout);
                return null;
            }
        }

        return null;
    }

    /// <summary>Notes that a pattern took too long, and tells how many have.</summary>
    private int Note(CompiledRoute route)
    {
        _recorder?.Spoil();
        _trace?.TimedOut(route, _request.Path);
        var fault = new RouteFault(
            $"routes[{route.Config.Index}]",
            "A pattern took too long; write it without nested repetition."
        );
        (_faults ??= []).Add(fault);
        return _faults.Count;
    }

    private static bool IsError(int? status) => status is < 200 or >= 400;

    private RouteDecision? FailIfError() => IsError(_status) ? Fail(_status!.Value) : null;
}
