using Selvedge.Routing.Middleware;
using Selvedge.Routing.Substitution;

namespace Selvedge.Routing.Phases;

/// <summary>What middleware does to a request.</summary>
internal sealed partial class RouteRun
{
    private List<string>? _run;

    /// <summary>
    /// Whether the middleware has seen this request already. Builders write a route for each of its matchers, and more than one of
    /// them may match, or match what it rewrote the request to.
    /// </summary>
    private bool HasRun(string? middlewarePath) => middlewarePath is not null && _run?.Contains(middlewarePath) == true;

    /// <summary>Runs a route's middleware and does what it says.</summary>
    /// <returns>The decision, if it made one; otherwise routing goes on.</returns>
    private async ValueTask<RouteDecision?> InvokeAsync(CompiledRoute route, CancellationToken cancellationToken)
    {
        // What middleware says is never remembered.
        _recorder?.Spoil();
        (_run ??= []).Add(route.MiddlewarePath!);
        MiddlewareResponse? response = null;
        if (_middleware is not null)
        {
            var call = new MiddlewareCall(route.MiddlewarePath!, _request.Path, _request.Query, [.. _request.Headers.Changes]);
            response = await _middleware.InvokeAsync(call, cancellationToken);
        }

        var verdict = MiddlewareProtocol.Read(response);
        _trace?.Middleware(route, verdict, _request.Path);
        if (verdict.Kind == MiddlewareVerdictKind.Fail)
            return Fail(500, ErrorCodes.MiddlewareFailed);
        if (route.Config.Override)
            ForgetPending();
        if (verdict.Kind == MiddlewareVerdictKind.Respond)
            return Respond(verdict, response!);

        ChangeRequest(verdict);
        SetResponseHeaders(verdict);
        return verdict.Kind switch
        {
            MiddlewareVerdictKind.Redirect => RedirectTo(verdict),
            MiddlewareVerdictKind.Rewrite => Rewrite(verdict),
            _ => null,
        };
    }

    /// <summary>The middleware's answer, without what was meant for routing.</summary>
    private RouteDecision Respond(MiddlewareVerdict verdict, MiddlewareResponse response)
    {
        var answer = new MiddlewareResponse
        {
            Status = response.Status,
            Headers = verdict.ResponseHeaders,
            Body = response.Body,
        };
        return Decide(RouteOutcome.Synthetic, response.Status, synthetic: answer);
    }

    /// <summary>Middleware either leaves the request's headers alone or lists all that remain, with the values of those it set.</summary>
    private void ChangeRequest(MiddlewareVerdict verdict)
    {
        if (verdict.KeptRequestHeaders is { } kept)
        {
            foreach (var name in _request.Headers.Names())
            {
                if (!HeaderNames.IsFixed(name) && (!kept.Contains(name) || !verdict.RequestHeaders.ContainsKey(name)))
                    _request.Headers.Delete(name, value: null);
            }
        }

        foreach (var (name, value) in verdict.RequestHeaders)
        {
            var isKept = name is MiddlewareProtocol.SetCookieForRequest || verdict.KeptRequestHeaders?.Contains(name) == true;
            if (
                isKept
                && !HeaderNames.IsFixed(name)
                && !string.Equals(_request.Headers.Get(name), value, StringComparison.Ordinal)
            )
                _request.Headers.Set(name, value);
        }
    }

    private void SetResponseHeaders(MiddlewareVerdict verdict)
    {
        foreach (var (name, value) in verdict.ResponseHeaders)
        {
            if (HeaderNames.IsOfBody(name))
                continue;
            if (name is "set-cookie")
                _headers.Add(new RoutedHeader(name, value, HeaderPrecedence.Append));
            else
                _headers.Set(new RoutedHeader(name, value, HeaderPrecedence.Override));
            if (!HeaderNames.IsForResponseOnly(name))
                _request.Headers.Set(name, value);
        }
    }

    private RouteDecision RedirectTo(MiddlewareVerdict verdict)
    {
        var location = verdict.Url!;
        // A URL of the site is sent as a path, unless that would read as the URL of another host.
        if (ExternalUrl.IsAbsolute(location) && SiteUrl.Localize(location, _request) is { } path)
            location = path.StartsWith("//", StringComparison.Ordinal) ? location : path;
        return Decide(RouteOutcome.Redirect, verdict.Status, location: UrlText.EncodeInvalid(location));
    }

    /// <summary>The rewritten URL's query replaces the request's: middleware has seen that, and kept what it wanted.</summary>
    private RouteDecision? Rewrite(MiddlewareVerdict verdict)
    {
        if (verdict.Status != 200)
            _status = verdict.Status;

        var url = SiteUrl.WithScheme(WithoutFragment(verdict.Url!), _request);
        var local = SiteUrl.Localize(url, _request);
        var (path, query) = SplitQuery(local ?? url);
        _request.Query = query;
        if (local is null)
            return External(path, respectOriginCacheControl: true);

        _request.Path = path;
        _lead = null;
        return null;
    }

    private static string WithoutFragment(string url) => url.IndexOf('#') is >= 0 and var fragment ? url[..fragment] : url;

    private static (string Path, string Query) SplitQuery(string url) =>
        url.IndexOf('?') is >= 0 and var question ? (url[..question], url[(question + 1)..]) : (url, "");
}
