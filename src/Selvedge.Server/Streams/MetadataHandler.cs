using Microsoft.AspNetCore.Http;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams;

/// <summary>Answers HEAD and DELETE.</summary>
internal sealed class MetadataHandler(IStreamStore store)
{
    /// <summary>Tells what a stream is. Looking is not using: a sliding lifetime runs on.</summary>
    public async Task HeadAsync(HttpContext http, StreamName name)
    {
        var found = await store.FindAsync(name.Key, StreamUse.Peek, http.RequestAborted);
        if (found.Stream is not { } stream)
        {
            await Missing(found.Presence).WriteAsync(http);
            return;
        }

        var response = http.Response;
        response.ContentType = stream.Config.ContentType;
        response.Headers.CacheControl = "no-store";
        StreamAnswer.SetPosition(response, stream.Tail, stream.IsClosed);
        StreamAnswer.SetLifetime(response, stream.Config.Lifetime);
    }

    /// <summary>Deletes a stream.</summary>
    public async Task DeleteAsync(HttpContext http, StreamName name)
    {
        var presence = await store.DeleteAsync(name.Key, http.RequestAborted);
        if (presence is StreamPresence.Found)
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await Missing(presence).WriteAsync(http);
    }

    /// <summary>The error for a stream that is not there.</summary>
    public static StreamError Missing(StreamPresence presence) =>
        presence is StreamPresence.Gone ? StreamError.Gone : StreamError.NotFound;
}
