using Microsoft.AspNetCore.Http;
using Selvedge.Streams.Projects;

namespace Selvedge.Server.Streams;

/// <summary>Lets scripts of other origins use streams (the Fetch standard, section 3.2).</summary>
/// <param name="everywhere">The origins that may use the streams of every project.</param>
internal sealed class Cors(IReadOnlyList<string> everywhere)
{
    private const string Methods = "GET, POST, PUT, DELETE, HEAD, OPTIONS";

    private const string RequestHeaders =
        "Content-Type, Authorization, If-None-Match, Stream-Seq, Stream-TTL, Stream-Expires-At, Stream-Closed, "
        + "Stream-Forked-From, Stream-Fork-Offset, Stream-Fork-Sub-Offset, Producer-Id, Producer-Epoch, Producer-Seq";

    private const string ResponseHeaders =
        "Stream-Next-Offset, Stream-Cursor, Stream-Up-To-Date, Stream-Closed, Stream-TTL, Stream-Expires-At, "
        + "Stream-SSE-Data-Encoding, Stream-Reader-Key, Producer-Epoch, Producer-Seq, Producer-Expected-Seq, "
        + "Producer-Received-Seq, ETag, Location, Retry-After, Age, X-Cache, Cache-Status, Server-Timing, WWW-Authenticate";

    /// <summary>Adds what the browser must know to hand the answer on.</summary>
    /// <param name="http">The request and its answer.</param>
    /// <param name="project">The project it is about; null if there is none of that name.</param>
    public void Apply(HttpContext http, Project? project)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        if (Allows(CorsOrigin.Any, project))
        {
            headers.AccessControlAllowOrigin = CorsOrigin.Any;
        }
        else
        {
            // The answer depends on who asks, so no cache may give one origin's answer to another, or an answer for none to one.
            headers.Append("Vary", "Origin");
            var origin = http.Request.Headers.Origin.ToString();
            if (origin.Length == 0 || !Allows(origin, project))
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

    private bool Allows(string origin, Project? project) =>
        everywhere.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (project is not null && project.CorsOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase));
}
