using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams;

/// <summary>Reads a whole request body into pooled memory, however it is framed, up to a limit.</summary>
internal static class LimitedBody
{
    /// <summary>Reads the body.</summary>
    /// <returns>False when it is longer than <paramref name="limit"/>.</returns>
    public static async ValueTask<bool> TryReadAsync(HttpContext http, int limit, PooledBuffer body)
    {
        if (http.Request.ContentLength > limit)
            return false;

        // The limit here is the one that counts; the server's own would cut the connection instead of explaining.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;

        var reader = http.Request.BodyReader;
        while (true)
        {
            // A short body came with its headers, and then there is nothing to wait for or to cancel.
            if (!reader.TryRead(out var result))
                result = await reader.ReadAsync(http.RequestAborted);
            var fits = body.Length + result.Buffer.Length <= limit;
            if (fits)
            {
                foreach (var segment in result.Buffer)
                    body.Write(segment.Span);
            }

            reader.AdvanceTo(result.Buffer.End);
            if (!fits)
                return false;
            if (result.IsCompleted)
                return true;
        }
    }
}
