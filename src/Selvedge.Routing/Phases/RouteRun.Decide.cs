using Selvedge.Routing.Config;
using Selvedge.Routing.Requests;
using Selvedge.Routing.Substitution;

namespace Selvedge.Routing.Phases;

/// <summary>The ways a run can end.</summary>
internal sealed partial class RouteRun
{
    private string? _errorCode;
    private string? _missedPath;

    /// <summary>Looks up the live path.</summary>
    private RouteTarget? Find()
    {
        var path = _request.Path;
        if (string.Equals(path, _missedPath, StringComparison.Ordinal))
            return null;

        var target = PathSafety.IsSafe(path) ? _lookup.Find(path) : null;
        if (target is not null && _table.IsMiddleware(target))
            target = null;
        _trace?.Lookup(path, target);
        if (target is null)
            _missedPath = path;
        return target;
    }

    /// <summary>The live path led to something: the hit phase adds its headers, and it is served.</summary>
    private RouteDecision Hit(RouteTarget target)
    {
        var cursor = new PhaseCursor(_table.Phase(RoutePhase.Hit));
        while (Next(ref cursor, RoutePhase.Hit, out _) is { } route)
            Apply(route, RoutePhase.Hit);
        return Decide(RouteOutcome.Target, _status, _errorCode, target: target);
    }

    /// <summary>Enters the error phase, from where there is no way back.</summary>
    private RouteDecision Fail(int status, string? errorCode = null)
    {
        _status = status;
        _errorCode = errorCode ?? ErrorCodes.For(status);
        Return(_base);
        _trace?.Failure(status, _errorCode, _request.Path);

        var cursor = new PhaseCursor(_table.Phase(RoutePhase.Error));
        while (Next(ref cursor, RoutePhase.Error, out _) is { } route)
        {
            Apply(route, RoutePhase.Error);
            if (route.Continues)
                continue;
            if (route.Destination is { IsExternal: false } && Find() is { } page)
                return Hit(page);
            break;
        }

        return Decide(RouteOutcome.Error, status, _errorCode);
    }

    /// <summary>Redirects, if a status and a location have come together.</summary>
    private RouteDecision? Redirect()
    {
        if (_status is not (301 or 302 or 303 or 307 or 308) || _headers.Get(HeaderTemplate.Location) is not { } location)
            return null;
        _headers.Remove(HeaderTemplate.Location);
        location = RedirectLocation.WithQuery(location, _request.Query);
        return Decide(RouteOutcome.Redirect, _status, location: location);
    }

    /// <summary>Another origin answers, with the live query.</summary>
    private RouteDecision External(string origin, bool respectOriginCacheControl)
    {
        if (ExternalUrl.Compose(origin, _request.Query) is not { } url)
            return Decide(RouteOutcome.Error, 400, ErrorCodes.BadRequest);
        return Decide(RouteOutcome.External, _status, externalUrl: url, respectOriginCacheControl: respectOriginCacheControl);
    }

    private RouteDecision Decide(
        RouteOutcome outcome,
        int? status,
        string? errorCode = null,
        RouteTarget? target = null,
        string? location = null,
        string? externalUrl = null,
        MiddlewareResponse? synthetic = null,
        bool respectOriginCacheControl = true
    )
    {
        var decision = new RouteDecision
        {
            Outcome = outcome,
            Status = status,
            ErrorCode = errorCode,
            Target = target,
            Location = location,
            ExternalUrl = externalUrl,
            Synthetic = synthetic,
            RequestPath = _request.FunctionPath,
            Query = _request.Query,
            RoutedPath = _request.Path,
            RouteMatches = target is null ? null : RouteMatches.Format(_lead, _leadMatch),
            ResponseHeaders = _headers.ToList(),
            RequestHeaders = _request.Headers.Changes,
            ResponseTransforms = _responseTransforms.Changes,
            ResponseSelectorTransforms = _responseTransforms.Selected,
            RespectOriginCacheControl = respectOriginCacheControl,
            Faults = _faults ?? (IReadOnlyList<RouteFault>)[],
        };
        _trace?.Decided(decision);
        return decision;
    }
}
