using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Selvedge.Server.Streams.Edge;
using Selvedge.Streams;
using Selvedge.Streams.Live;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;

namespace Selvedge.Server.Streams;

/// <summary>Answers <c>live=sse</c>: everything from a position on, as it comes, until the stream closes or the connection has lived its time.</summary>
internal sealed class SseHandler(
    IStreamStore store,
    LiveFeeds feeds,
    LiveReaders readers,
    StreamOptions options,
    TimeProvider time
)
{
    public async Task HandleAsync(HttpContext http, StreamInfo stream, ReadFrom from, string? cursor)
    {
        var position = from.IsNow ? stream.Tail : from.Position;
        if (position > stream.Tail)
        {
            await StreamError.PastTail.WriteAsync(http);
            return;
        }

        if (!readers.TryEnter())
        {
            await StreamError.Busy.WriteAsync(http);
            return;
        }

        using var feed = feeds.Join(stream);
        try
        {
            // The first page is read before the status leaves, so that a bad offset can still be told.
            var (outcome, _) = await feed.PageAsync(stream, position, http.RequestAborted);
            if (outcome != PageOutcome.Read)
            {
                await StreamOrigin.ErrorOf(outcome).WriteAsync(http);
                return;
            }

            Begin(http, stream);
            Forget(http);
            await FollowAsync(http, stream, feed, position, cursor);
        }
        finally
        {
            readers.Leave();
        }
    }

    private static void Begin(HttpContext http, StreamInfo stream)
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
        http.Features.Set<IQueryFeature>(null);
        http.Request.Headers.Clear();
    }

    private async Task FollowAsync(HttpContext http, StreamInfo stream, LiveFeed feed, long position, string? cursor)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, readers.Ending);
        var aborted = http.RequestAborted;
        var output = http.Response.BodyWriter;
        var isText = MediaType.IsText(stream.Config.ContentType);
        var end = time.GetUtcNow() + Spread(options.SseLifetime);
        while (true)
        {
            // 1. Everything there is, page by page, each followed by its control event; a control event alone when there is nothing.
            do
            {
                var (_, page) = await feed.PageAsync(stream, position, aborted);
                if (page is null)
                    return;
                if (!page.IsEmpty)
                    Write(output, page.Event(isText));
                position = page.Next;
                WriteControl(output, feed, stream, position, cursor);

                // A reader that does not keep up is waited for here, alone, and goes on from its own position.
                var flushed = await output.FlushAsync(aborted);
                if (flushed.IsCompleted || flushed.IsCanceled)
                    return;
            } while (position < stream.Tail);

            // 2. The end of the stream, or of the connection: readers come back, and proxies get to balance them anew.
            var left = end - time.GetUtcNow();
            if (stream.IsClosed || left <= TimeSpan.Zero)
                return;

            // 3. News, or a sign of life.
            if (await WaitAsync(stream, left, ending.Token) is not { } now)
                return;
            stream = now;
        }
    }

    /// <summary>Waits for news, the keep-alive or the end; null when the stream or the reader is gone.</summary>
    private async ValueTask<StreamInfo?> WaitAsync(StreamInfo stream, TimeSpan left, CancellationToken cancellationToken)
    {
        var until = left < options.SseKeepAlive ? left : options.SseKeepAlive;
        while (true)
        {
            var patience = LiveUse.Patience(stream, until);
            var changed = await store.WaitForChangeAsync(stream, patience, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
                return null;
            var found = await store.FindAsync(stream.Name, StreamUse.Touch, cancellationToken);
            if (found.Stream is not { } now || now.Id != stream.Id)
                return null;
            until -= patience;
            if (changed || until <= TimeSpan.Zero)
                return now;
        }
    }

    private void WriteControl(PipeWriter output, LiveFeed feed, StreamInfo stream, long position, string? cursor)
    {
        var atTail = position == stream.Tail;
        Write(
            output,
            feed.Control(position, Cursor.Next(cursor, Cursor.IntervalOf(time.GetUtcNow())), atTail, stream.IsClosed && atTail)
        );
    }

    private static void Write(PipeWriter output, ReadOnlyMemory<byte> bytes) =>
        System.Buffers.BuffersExtensions.Write(output, bytes.Span);

    /// <summary>A tenth more or less, so that readers that came together do not come back together.</summary>
    private static TimeSpan Spread(TimeSpan lifetime) => lifetime * (0.9 + (RandomNumberGenerator.GetInt32(0, 2001) / 10_000.0));
}
