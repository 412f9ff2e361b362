using Selvedge.Routing.Conditions;
using Selvedge.Routing.Patterns;
using Selvedge.Routing.Requests;
using Selvedge.Routing.Substitution;

namespace Selvedge.Routing.Phases;

/// <summary>Says whether a route applies to a request, cheapest questions first.</summary>
internal static class RouteMatcher
{
    /// <summary>Tries a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="request">The request as the routes before it have left it.</param>
    /// <param name="captures">Receives the captures if it applies.</param>
    public static MatchResult Match(CompiledRoute route, LiveRequest request, CaptureScope captures)
    {
        if (route.Methods is { } methods && !methods.Contains(request.Original.Method))
            return MatchResult.No;

        // A plain path costs less than a header, and a header less than a regular expression.
        captures.Clear();
        var result = route.Pattern.IsCheap ? MatchPath(route, request, captures) : MatchResult.Yes;
        if (result == MatchResult.Yes)
            result = MatchAll(route.Has, request, route.CapturesConditions ? captures : null);
        if (result == MatchResult.Yes && !route.Pattern.IsCheap)
            result = MatchPath(route, request, captures);
        if (result == MatchResult.Yes)
            result = MatchNone(route.Missing, request);
        return result;
    }

    private static MatchResult MatchPath(CompiledRoute route, LiveRequest request, CaptureScope captures)
    {
        var result = route.Pattern.TryMatch(request.Path, route.CapturesPath, out var match);
        // What a guard protects is found by its decoded path too, so a guard is asked about that as well.
        if (result == MatchResult.No && route.IsGuard && GuardedPath.Of(request.Path) is { } decoded)
            result = route.Pattern.TryMatch(decoded, route.CapturesPath, out match);
        if (result == MatchResult.Yes)
            captures.Path = match;
        return result;
    }

    private static MatchResult MatchAll(IReadOnlyList<Condition> conditions, LiveRequest request, CaptureScope? captures)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            var result = conditions[i].Test(request, captures);
            if (result != MatchResult.Yes)
                return result;
        }

        return MatchResult.Yes;
    }

    private static MatchResult MatchNone(IReadOnlyList<Condition> conditions, LiveRequest request)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            var result = conditions[i].Test(request, captures: null);
            if (result != MatchResult.No)
                return result == MatchResult.Yes ? MatchResult.No : result;
        }

        return MatchResult.Yes;
    }
}
