using Microsoft.AspNetCore.Http;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Subscriptions;

namespace Selvedge.Server.Streams;

/// <summary>Answers HEAD and DELETE.</summary>
internal sealed class MetadataHandler(IStreamStore store, SubscriptionHub subscriptions)
{
    /// <summary>Tells what a stream is. Looking is not using: a sliding lifetime runs on.</summary>
    public async Task HeadAsync(HttpContext http, StreamName name, StreamGrant grant)
    {
        var found = await store.FindAsync(name.Key, StreamUse.Peek, http.RequestAborted);
        if (found.Stream is not { } stream)
        {
            await Missing(found.Presence).WriteAsync(http);
            return;
        }

        if (!grant.Covers(stream))
        {
            await AccessRefusal.Missing.WriteAsync(http);
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
        if (presence is not StreamPresence.Found)
        {
            await Missing(presence).WriteAsync(http);
            return;
        }

        if (!subscriptions.IsEmpty)
            await subscriptions.StreamDeletedAsync(name.Project, name.Id);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The error for a stream that is not there.</summary>
    public static StreamError Missing(StreamPresence presence) =>
        presence is StreamPresence.Gone ? StreamError.Gone : StreamError.NotFound;
}
