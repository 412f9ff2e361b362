using Microsoft.AspNetCore.Http;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;

namespace Selvedge.Server.Streams;

/// <summary>Answers GET: a page of what is there, or a live read.</summary>
internal sealed class ReadHandler(
    IStreamStore store,
    StreamOptions options,
    TimeProvider time,
    LongPollHandler longPoll,
    SseHandler sse
)
{
    public async Task HandleAsync(HttpContext http, StreamName name)
    {
        // Reading is using: a sliding lifetime starts again.
        var found = await store.FindAsync(name.Key, StreamUse.Touch, http.RequestAborted);
        if (found.Stream is not { } stream)
        {
            await MetadataHandler.Missing(found.Presence).WriteAsync(http);
            return;
        }

        var query = http.Request.Query;
        var offsets = query["offset"];
        var from = default(ReadFrom);
        if (offsets.Count > 1 || (offsets.Count == 1 && !ReadFrom.TryParse(offsets[0] ?? "", out from)))
        {
            await StreamError.InvalidOffset.WriteAsync(http);
            return;
        }

        string? live = query["live"];
        if (live is not null && offsets.Count == 0)
        {
            await StreamError.OffsetRequired.WriteAsync(http);
            return;
        }

        switch (live)
        {
            case null:
                await CatchUpAsync(http, stream, from);
                break;
            case "long-poll":
                await longPoll.HandleAsync(http, stream, from, query["cursor"]);
                break;
            case "sse":
                await sse.HandleAsync(http, stream, from, query["cursor"]);
                break;
            default:
                await StreamError.InvalidLive.WriteAsync(http);
                break;
        }
    }

    private async Task CatchUpAsync(HttpContext http, StreamInfo stream, ReadFrom from)
    {
        var position = from.IsNow ? stream.Tail : from.Position;
        var (outcome, page) = await PageReader.ReadAsync(
            store,
            stream,
            position,
            options.PageBytes,
            shared: false,
            http.RequestAborted
        );
        using (page)
        {
            if (page is null)
                await PageAnswer.ErrorOf(outcome).WriteAsync(http);
            else if (from.IsNow)
                await PageAnswer.SendUncachedAsync(http, stream, page);
            else
                await PageAnswer.SendAsync(http, stream, page, PageAnswer.PlainCacheControl(stream, page, time.GetUtcNow()));
        }
    }
}
