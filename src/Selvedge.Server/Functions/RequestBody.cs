using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Selvedge.Server.Functions;

/// <summary>The body of a request, if it can have one.</summary>
internal static class RequestBody
{
    /// <summary>
    /// The stream to read it from, or <see langword="null"/> when the request's framing says there is none. A read that is cancelled
    /// loses nothing: whoever reads next, the connection on its way to the next request included, goes on where it ended.
    /// </summary>
    public static Stream? Of(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return null;
        }

        if (http.Request.Body is not ReadingStream)
        {
            var reader = http.Request.BodyReader;
            http.Request.Body = new ReadingStream((buffer, stop) => ReadAsync(reader, buffer, stop));
        }

        return http.Request.Body;
    }

    private static async ValueTask<int> ReadAsync(PipeReader reader, Memory<byte> buffer, CancellationToken stop)
    {
        while (!buffer.IsEmpty)
        {
            stop.ThrowIfCancellationRequested();
            ReadResult result;
            // A read that ends by its token leaves Kestrel's reader in the middle of it for good; a pending read that is cancelled does not.
            await using (stop.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), reader))
            {
                result = await reader.ReadAsync(CancellationToken.None);
            }

            var count = (int)Math.Min(buffer.Length, result.Buffer.Length);
            result.Buffer.Slice(0, count).CopyTo(buffer.Span);
            reader.AdvanceTo(result.Buffer.GetPosition(count));
            if (count > 0 || result.IsCompleted)
            {
                return count;
            }

            // Cancelled: by the reader that leaves now or, too late for it, by the one before.
        }

        return 0;
    }
}
