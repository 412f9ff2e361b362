using Microsoft.AspNetCore.Http;
using Selvedge.BuildOutput;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;

namespace Selvedge.Server.Functions;

/// <summary>What a prerender's function is called with: never more of the visitor than its configuration allows.</summary>
internal static class PrerenderCalls
{
    /// <summary>
    /// Whether a request goes to the function as it is, with the visitor's method, headers and cookies: everything but GET and
    /// HEAD, and draft mode.
    /// </summary>
    public static bool Bypasses(AdmittedRequest request, PrerenderAsset prerender)
    {
        var http = request.Http.Request;
        return (!HttpMethods.IsGet(http.Method) && !HttpMethods.IsHead(http.Method))
            || DraftMode.IsOn(http, prerender.Config.BypassToken);
    }

    /// <summary>The path and query the function sees: its output path, and only the query its configuration passes on.</summary>
    public static string TargetOf(PrerenderAsset prerender, string routedQuery)
    {
        var path = HeaderText.EncodePath(prerender.OutputPath);
        if (!prerender.Config.PassQuery)
        {
            return path;
        }

        var query = AllowedQuery.Select(routedQuery, prerender.Config.AllowQuery);
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    /// <summary>The headers the function sees: those its configuration names, and the platform's.</summary>
    public static OutboundHeaders HeadersOf(AdmittedRequest request, RouteDecision decision, PrerenderAsset prerender)
    {
        var headers = OutboundHeaders.Only(request, prerender.Config.AllowHeader ?? []);
        headers.Identify(request);
        headers.Set("x-invocation-id", request.RequestId);
        if (decision.RouteMatches is { Length: > 0 } matches)
        {
            headers.Set("x-now-route-matches", matches);
        }

        return headers;
    }
}
