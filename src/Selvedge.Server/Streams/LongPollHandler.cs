using System.Globalization;
using Microsoft.AspNetCore.Http;
using Selvedge.Streams;
using Selvedge.Streams.Live;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams;

/// <summary>Answers <c>live=long-poll</c>: what is there at once, or what comes within the timeout.</summary>
internal sealed class LongPollHandler(
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
            var seen = position == stream.Tail && !stream.IsClosed ? await WaitAsync(http, stream) : stream;
            if (seen is null)
                await StreamError.NotFound.WriteAsync(http);
            else if (position == seen.Tail)
                AnswerEmpty(http, seen, cursor);
            else
                await AnswerPageAsync(http, seen, feed, from, position, cursor);
        }
        finally
        {
            readers.Leave();
        }
    }

    /// <summary>Waits for news and says how the stream is then; null when it is gone.</summary>
    private async ValueTask<StreamInfo?> WaitAsync(HttpContext http, StreamInfo stream)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, readers.Ending);
        var left = options.LongPollTimeout;
        while (true)
        {
            var patience = LiveUse.Patience(stream, left);
            var changed = await store.WaitForChangeAsync(stream, patience, ending.Token);
            http.RequestAborted.ThrowIfCancellationRequested();
            var found = await store.FindAsync(stream.Name, StreamUse.Touch, http.RequestAborted);
            if (found.Stream is not { } now || now.Id != stream.Id)
                return null;
            left -= patience;
            if (changed || left <= TimeSpan.Zero || ending.IsCancellationRequested)
                return now;
        }
    }

    private void AnswerEmpty(HttpContext http, StreamInfo stream, string? cursor)
    {
        var response = http.Response;
        response.StatusCode = StatusCodes.Status204NoContent;
        // A stored 204 would be answered at once, and the reader would ask again at once.
        response.Headers.CacheControl = "no-store";
        response.Headers[StreamHeaders.UpToDate] = "true";
        SetCursor(response, cursor);
        StreamAnswer.SetPosition(response, stream.Tail, stream.IsClosed);
    }

    private async Task AnswerPageAsync(
        HttpContext http,
        StreamInfo stream,
        LiveFeed feed,
        ReadFrom from,
        long position,
        string? cursor
    )
    {
        var (outcome, page) = await feed.PageAsync(stream, position, http.RequestAborted);
        if (page is null)
        {
            await PageAnswer.ErrorOf(outcome).WriteAsync(http);
            return;
        }

        SetCursor(http.Response, cursor);
        if (from.IsNow)
            await PageAnswer.SendUncachedAsync(http, stream, page);
        else
            await PageAnswer.SendAsync(http, stream, page, "public, max-age=20");
    }

    private void SetCursor(HttpResponse response, string? cursor) =>
        response.Headers[StreamHeaders.Cursor] = Cursor.Next(cursor, time.GetUtcNow()).ToString(CultureInfo.InvariantCulture);
}
