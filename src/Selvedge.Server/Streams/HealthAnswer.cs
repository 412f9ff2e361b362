using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Streams;

/// <summary>Says that the streams are well. Asked by load balancers, who present nothing.</summary>
internal static class HealthAnswer
{
    /// <summary>Answers <c>ok</c>. A server whose disk failed has no time to answer otherwise: it ends.</summary>
    public static Task WriteAsync(HttpContext http)
    {
        var response = http.Response;
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            return StreamError.Method.WriteAsync(http);
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = 2;
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync("ok"u8.ToArray(), http.RequestAborted).AsTask();
    }
}
