using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Selvedge.Server.Hits;

/// <summary>Requests that want a resource and nothing besides: most of what browsers and crawlers send.</summary>
internal static class PlainRequest
{
    /// <summary>
    /// Whether a request is one: a GET without body, whose fields demand nothing of a cache (RFC 9111 section 5.2.1), set no conditions
    /// (RFC 9110 section 13), ask for no part, carry no credentials and have not come round through this server.
    /// </summary>
    public static bool Is(IHttpRequestFeature request)
    {
        var headers = request.Headers;
        return HttpMethods.IsGet(request.Method)
            && headers.Host.Count == 1
            && headers.IfNoneMatch.Count == 0
            && headers.IfModifiedSince.Count == 0
            && headers.CacheControl.Count == 0
            && headers.Pragma.Count == 0
            && headers.Range.Count == 0
            && headers.Authorization.Count == 0
            && headers.IfMatch.Count == 0
            && headers.IfUnmodifiedSince.Count == 0
            && headers.Upgrade.Count == 0
            && headers.ContentLength is null
            && headers.TransferEncoding.Count == 0
            && headers["cdn-loop"].Count == 0;
    }
}
