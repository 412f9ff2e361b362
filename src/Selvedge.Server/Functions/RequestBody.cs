using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Selvedge.Server.Functions;

/// <summary>The body of a request, if it can have one.</summary>
internal static class RequestBody
{
    /// <summary>The stream to read it from, or <see langword="null"/> when the request's framing says there is none.</summary>
    public static Stream? Of(HttpContext http) =>
        http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } ? null : http.Request.Body;
}
