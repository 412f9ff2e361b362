using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Selvedge.Server.Answers;

/// <summary>Answers a conditional request for what an origin has just produced (RFC 9110 section 13.1.2).</summary>
/// <remarks>
/// A prerender's function never sees the visitor's condition, and many functions set an entity tag without comparing it; the
/// edge compares for them, so that the body is not sent again to whom it is known.
/// </remarks>
internal static class NotModified
{
    /// <summary>Turns a 200 whose entity tag the client has named into a 304 without body.</summary>
    /// <returns>Whether it did; then nothing is left to send.</returns>
    public static bool TryAnswer(HttpContext http)
    {
        var response = http.Response;
        if (
            response.StatusCode != StatusCodes.Status200OK
            || http.Request.Headers.IfNoneMatch.Count == 0
            || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            || !EntityTagHeaderValue.TryParse(response.Headers.ETag.ToString(), out var current)
        )
        {
            return false;
        }

        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        if (!known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false)))
        {
            return false;
        }

        response.StatusCode = StatusCodes.Status304NotModified;
        response.ContentLength = null;
        response.Headers.ContentType = default;
        return true;
    }
}
