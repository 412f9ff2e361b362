using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Selvedge.Server.Streams.Edge;
using Selvedge.Streams;
using Selvedge.Streams.Live;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;

namespace Selvedge.Server.Streams;

/// <summary>Answers <c>live=sse</c>: everything from a position on, as it comes, until the stream closes or the connection has lived its time.</summary>
/// <remarks>
/// This method and <see cref="SseReader.RunAsync"/> are all that waits below <see cref="StreamEndpoint"/> for as long as a connection is
/// open. Each method between would be held in memory once per connection.
/// </remarks>
internal sealed class SseHandler(
    IStreamStore store,
    ReadAdmission admission,
    LiveFeeds feeds,
    LiveReaders readers,
    SseClock clock
)
{
    public async Task HandleAsync(HttpContext http, StreamName name, StreamGrant grant)
    {
        if (await BeginAsync(http, name, grant) is not { } reader)
            return;
        try
        {
            using var leaving = http.RequestAborted.UnsafeRegister(
                static follower => ((LiveFollower)follower!).Leave(),
                reader.Follower
            );
            await reader.RunAsync(http.RequestAborted);
        }
        finally
        {
            reader.Follower.Dispose();
            readers.Leave();
        }
    }

    /// <summary>Finds the stream and the first page, so that whatever is wrong can still be told.</summary>
    /// <returns>The reader, which is among those that are counted; null if the request has been answered otherwise.</returns>
    private async ValueTask<SseReader?> BeginAsync(HttpContext http, StreamName name, StreamGrant grant)
    {
        var (admitted, read) = await admission.AdmitAsync(http, name, grant);
        if (admitted is null)
            return null;
        var found = await store.FindAsync(admitted.Name, StreamUse.Touch, http.RequestAborted);
        if (found.Stream is not { } stream || stream.Id != admitted.Id)
        {
            await MetadataHandler.Missing(found.Presence).WriteAsync(http);
            return null;
        }

        var position = read.From.IsNow ? stream.Tail : read.From.Position;
        if (!readers.TryEnter())
        {
            await StreamError.Busy.WriteAsync(http);
            return null;
        }

        var follower = feeds.Join(stream).Follow();
        try
        {
            var (outcome, _) = await follower.PageAsync(stream, position, http.RequestAborted);
            if (outcome == PageOutcome.Read)
            {
                Describe(http, stream);
                Forget(http);
                var reader = new SseReader(follower, http.Response.BodyWriter, clock, stream, position, read.Cursor);
                follower = null;
                return reader;
            }

            await StreamOrigin.ErrorOf(outcome).WriteAsync(http);
            return null;
        }
        finally
        {
            if (follower is not null)
            {
                follower.Dispose();
                readers.Leave();
            }
        }
    }

    private static void Describe(HttpContext http, StreamInfo stream)
    {
        var response = http.Response;
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        // Proxies that gather a response before they pass it on would hold every event back.
        response.Headers["X-Accel-Buffering"] = "no";
        if (!MediaType.IsText(stream.Config.ContentType))
            response.Headers[StreamHeaders.SseDataEncoding] = "base64";
    }

    /// <summary>Lets go of what the request said: nobody looks at it again, and there may be a hundred thousand of them.</summary>
    private static void Forget(HttpContext http)
    {
        if (http.Features.Get<IQueryFeature>() is not null)
            http.Features.Set<IQueryFeature>(null);
        http.Request.Headers.Clear();
    }
}
