using Selvedge.Routing.Config;
using Selvedge.Routing.Patterns;
using Selvedge.Routing.Requests;
using Selvedge.Routing.Substitution;
using Selvedge.Routing.Transforms;

namespace Selvedge.Routing.Phases;

/// <summary>What a route that applies does to the request.</summary>
internal sealed partial class RouteRun
{
    private int? _status;
    private CompiledRoute? _lead;
    private PathMatch _leadMatch;
    private ResponseTransforms _responseTransforms = ResponseTransforms.None;

    /// <summary>Applies a route.</summary>
    /// <returns>The decision, if the route sends the request away; otherwise it goes on.</returns>
    private RouteDecision? Apply(CompiledRoute route, RoutePhase phase)
    {
        if (route.Denies)
            return Decide(RouteOutcome.Error, 403, ErrorCodes.For(403));

        // The phases hit and error answer what is decided already: they neither change the status nor leave the deployment.
        var mayLeave = phase is not (RoutePhase.Error or RoutePhase.Hit);
        _trace?.Begin(_request, _status, _headers);
        var origin = Change(route, phase, mayLeave);
        _trace?.End(route, phase, _request, _status, _headers);
        if (!mayLeave)
            return null;
        if (origin is not null)
            return External(origin, route.Config.RespectOriginCacheControl);
        return RedirectByLanguage(route) ?? Redirect();
    }

    /// <summary>Makes a route's changes to request and response, in the order the platform makes them.</summary>
    /// <returns>The other origin its destination names, without the query; <see langword="null"/> if it names none.</returns>
    private string? Change(CompiledRoute route, RoutePhase phase, bool mayLeave)
    {
        // Middleware has done so before it spoke.
        if (mayLeave && route.Config.Override && route.MiddlewarePath is null)
            ForgetPending();
        if (mayLeave && route.Status is { } status)
            _status = status;
        foreach (var header in route.Headers)
            SetHeader(header, route, phase);

        var origin = phase == RoutePhase.Hit ? null : SetDestination(route, mayLeave);
        ApplyTransforms(route, phase);
        return origin;
    }

    /// <summary><c>override</c>: what earlier routes prepared is not done; the headers they set stay.</summary>
    private void ForgetPending()
    {
        _status = null;
        _headers.Remove(HeaderTemplate.Location);
    }

    private void SetHeader(HeaderTemplate header, CompiledRoute route, RoutePhase phase)
    {
        var important = route.Config.Important;
        if (phase is RoutePhase.Hit or RoutePhase.Miss && !important && _headers.Get(header.Name) is not null)
            return;

        var value = header.Value.Fill(_captures, TextPosition.Plain);
        if (header.IsLocation)
            value = RedirectLocation.Clean(value, header.Value.LeadingText);
        // A capture may hold what no header can; the header is left out rather than bent.
        if (HeaderText.IsValue(value))
            _headers.Set(new RoutedHeader(header.Name, value, important ? HeaderPrecedence.Override : HeaderPrecedence.Default));
    }

    private string? SetDestination(CompiledRoute route, bool mayLeave)
    {
        if (route.Destination is not { } destination)
            return null;

        var path = destination.Fill(_captures);
        var query = destination.Query?.Fill(_captures, TextPosition.Query);
        if (route.IsRedirect && mayLeave)
        {
            SetLocation(query is null ? path : $"{path}?{query}", destination.LeadingText);
            return null;
        }

        if (destination.IsExternal && !mayLeave)
            return null;
        _request.Query = Merge(query);
        if (destination.IsExternal)
            return path;

        _request.Path = path.StartsWith('/') ? path : "/" + path;
        _lead = route;
        _leadMatch = _captures.Path;
        return null;
    }

    /// <summary>The older way to write a redirect: a status and a destination, without a <c>Location</c>.</summary>
    private void SetLocation(string location, string leadingText)
    {
        if (_headers.Get(HeaderTemplate.Location) is not null)
            return;
        var clean = RedirectLocation.Clean(location, leadingText);
        _headers.Set(new RoutedHeader(HeaderTemplate.Location, clean, HeaderPrecedence.Default));
    }

    private string Merge(string? query)
    {
        if (query is null)
            return _request.Query;
        return _table.Options.RequestQueryWins
            ? QueryString.Merge(_request.Query, query)
            : QueryString.Merge(query, _request.Query);
    }

    private void ApplyTransforms(CompiledRoute route, RoutePhase phase)
    {
        if (route.Transforms.Count == 0)
            return;

        foreach (var transform in route.Transforms)
            RequestTransforms.Apply(transform, _request, _captures);
        // Of the response's transforms those of the last route count, and a redirect has no response to transform.
        if (!route.IsRedirect || phase == RoutePhase.Error)
            _responseTransforms = ResponseTransforms.Resolve(route.Transforms, _captures);
    }

    private RouteDecision? RedirectByLanguage(CompiledRoute route)
    {
        if (route.Config.Locale is not { } locale || LocaleRedirect.Find(locale, _request) is not { } location)
            return null;

        _status = 307;
        _headers.Set(new RoutedHeader(HeaderTemplate.Location, UrlText.EncodeInvalid(location), HeaderPrecedence.Default));
        return Redirect();
    }
}
