using Microsoft.AspNetCore.Http;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams.Edge;

/// <summary>Steps 2 and 3 of a stream read's life: which incarnation it is about, and what it asks for.</summary>
internal sealed class ReadAdmission(IStreamStore store)
{
    /// <summary>Finds the stream and understands the request.</summary>
    /// <returns>The stream as it is now, and what is asked of it; no stream when the request has been answered with an error.</returns>
    public async ValueTask<(StreamInfo? Stream, ReadRequest Read)> AdmitAsync(
        HttpContext http,
        StreamName name,
        StreamGrant grant
    )
    {
        // 2. The incarnation. Looking is not using: an answer from the cache does not start a sliding lifetime again.
        var found = await store.FindAsync(name.Key, StreamUse.Peek, http.RequestAborted);
        if (found.Stream is not { } stream)
        {
            await MetadataHandler.Missing(found.Presence).WriteAsync(http);
            return default;
        }

        if (!grant.Covers(stream))
        {
            await AccessRefusal.Missing.WriteAsync(http);
            return default;
        }

        // 3. What is asked for.
        var error = ReadRequest.Parse(http.Request.QueryString, out var read);
        if (error is null && !read.From.IsNow && read.From.Position > stream.Tail)
            error = StreamError.PastTail;
        if (error is null)
            return (stream, read);
        await error.WriteAsync(http);
        return default;
    }
}
