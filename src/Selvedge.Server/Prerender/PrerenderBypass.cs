using Microsoft.AspNetCore.Http;
using Selvedge.BuildOutput;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Pipeline;

namespace Selvedge.Server.Prerender;

/// <summary>Which requests go to a prerender's function as they are, with the visitor's method, headers and cookies.</summary>
internal static class PrerenderBypass
{
    /// <summary>
    /// Whether a request does: everything but GET and HEAD, draft mode, and what meets one of the prerender's own conditions
    /// (<c>experimentalBypassFor</c>). An error page is a document whatever the method of the request that went wrong.
    /// </summary>
    public static bool Applies(
        AdmittedRequest request,
        RouteDecision decision,
        PrerenderAsset prerender,
        RequestConditions? conditions
    )
    {
        if (decision.ErrorCode is not null)
        {
            return false;
        }

        var http = request.Http.Request;
        return !(HttpMethods.IsGet(http.Method) || HttpMethods.IsHead(http.Method))
            || DraftMode.IsOn(http, prerender.Config.BypassToken)
            || (conditions is not null && conditions.IsMetBy(RoutedRequests.From(request)));
    }
}
