using Selvedge.Routing;
using Selvedge.Server.Admission;

namespace Selvedge.Server.Pipeline;

/// <summary>Shows an admitted request to routing.</summary>
internal static class RoutedRequests
{
    /// <summary>The request as routing sees it.</summary>
    public static RouteRequest From(AdmittedRequest request) =>
        new()
        {
            Method = request.Http.Request.Method,
            Path = request.Target.Path,
            Query = request.Target.Query,
            Scheme = request.Http.Request.Scheme,
            Host = request.HostName,
            Headers = new HttpRequestHeaders(request.Http.Request.Headers),
        };
}
