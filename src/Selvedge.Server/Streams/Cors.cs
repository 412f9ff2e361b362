using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Streams;

/// <summary>Lets scripts of other origins use streams (the Fetch standard, section 3.2).</summary>
internal sealed class Cors(IReadOnlyList<string> origins)
{
    private const string Methods = "GET, POST, PUT, DELETE, HEAD, OPTIONS";

    private const string RequestHeaders =
        "Content-Type, Authorization, If-None-Match, Stream-Seq, Stream-TTL, Stream-Expires-At, Stream-Closed, "
        + "Stream-Forked-From, Stream-Fork-Offset, Stream-Fork-Sub-Offset, Producer-Id, Producer-Epoch, Producer-Seq";

    private const string ResponseHeaders =
        "Stream-Next-Offset, Stream-Cursor, Stream-Up-To-Date, Stream-Closed, Stream-TTL, Stream-Expires-At, "
        + "Stream-SSE-Data-Encoding, Producer-Epoch, Producer-Seq, Producer-Expected-Seq, Producer-Received-Seq, "
        + "ETag, Location, Retry-After, Age, X-Cache, Cache-Status";

    private readonly bool _everyone = origins.Contains("*", StringComparer.Ordinal);

    /// <summary>Adds what the browser must know to hand the answer on.</summary>
    public void Apply(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        if (_everyone)
        {
            headers.AccessControlAllowOrigin = "*";
        }
        else
        {
            // The answer depends on who asks, so no cache may give one origin's answer to another.
            headers.Append("Vary", "Origin");
            var origin = http.Request.Headers.Origin.ToString();
            if (!origins.Contains(origin, StringComparer.OrdinalIgnoreCase))
                return;
            headers.AccessControlAllowOrigin = origin;
        }

        headers.AccessControlExposeHeaders = ResponseHeaders;
    }

    /// <summary>Answers a preflight.</summary>
    public static void AnswerPreflight(HttpContext http)
    {
        var headers = http.Response.Headers;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = RequestHeaders;
        headers.AccessControlMaxAge = "86400";
    }
}
