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
        _trace?.Begin(_request, _status, _headers);
        var end = ApplyInOrder(route, phase);
        _trace?.End(route, phase, _request, _status, _headers);
        return end;
    }

    private RouteDecision? ApplyInOrder(CompiledRoute route, RoutePhase phase)
    {
        // The phases hit and error answer what is decided already: they neither change the status nor leave the deployment.
        var mayLeave = phase is not (RoutePhase.Error or RoutePhase.Hit);
        // Middleware has done so before it spoke.
        if (mayLeave && route.Config.Override && route.MiddlewarePath is null)
            ForgetPending();
        if (route.Denies)
            return Decide(RouteOutcome.Error, 403, ErrorCodes.For(403));

        if (mayLeave && route.Status is { } status)
            _status = status;
        foreach (var header in route.Headers)
            SetHeader(header, route, phase);

        var external = ApplyDestination(route, phase, mayLeave);
        ApplyTransforms(route, phase);
        if (external is not null)
            return external;
        if (!mayLeave)
            return null;
        return ApplyLocale(route) ?? Redirect();
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

    private RouteDecision? ApplyDestination(CompiledRoute route, RoutePhase phase, bool mayLeave)
    {
        if (route.Destination is not { } destination || phase == RoutePhase.Hit)
            return null;

        var path = destination.Fill(_captures);
        var query = destination.Query?.Fill(_captures, TextPosition.Query);
        if (route.IsRedirect && mayLeave)
        {
            // The older way to write a redirect: a status and a destination, without a Location.
            if (_headers.Get(HeaderTemplate.Location) is null)
            {
                var location = query is null ? path : $"{path}?{query}";
                location = RedirectLocation.Clean(location, destination.LeadingText);
                _headers.Set(new RoutedHeader(HeaderTemplate.Location, location, HeaderPrecedence.Default));
            }

            return null;
        }

        if (destination.IsExternal)
            return mayLeave ? External(path, Merge(query), route.Config.RespectOriginCacheControl) : null;

        _request.Path = path.StartsWith('/') ? path : "/" + path;
        _request.Query = Merge(query);
        _lead = route;
        _leadMatch = _captures.Path;
        return null;
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

    private RouteDecision? ApplyLocale(CompiledRoute route)
    {
        if (route.Config.Locale is not { } locale || LocaleRedirect.Find(locale, _request) is not { } location)
            return null;

        _status = 307;
        _headers.Set(new RoutedHeader(HeaderTemplate.Location, UrlText.EncodeInvalid(location), HeaderPrecedence.Default));
        return Redirect();
    }
}
