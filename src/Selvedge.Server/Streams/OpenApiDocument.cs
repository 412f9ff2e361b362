using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Streams;

/// <summary>The description of everything the streams answer, in OpenAPI: <c>docs/reference/streams.openapi.json</c>.</summary>
internal static class OpenApiDocument
{
    private static readonly byte[] Bytes = Read();

    /// <summary>Answers with it.</summary>
    public static Task WriteAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method))
            return StreamError.Method.WriteAsync(http);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Bytes.Length;
        http.Response.Headers.CacheControl = "public, max-age=300";
        return http.Response.Body.WriteAsync(Bytes, http.RequestAborted).AsTask();
    }

    private static byte[] Read()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("streams.openapi.json")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
