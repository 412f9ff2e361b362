using Selvedge.Caching.Origins;
using Selvedge.Streams;
using Selvedge.Streams.Live;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;

namespace Selvedge.Server.Streams.Edge;

/// <summary>Answers reads from the store: what the cache has in front of it. Knows no client.</summary>
internal sealed class StreamOrigin(
    IStreamStore store,
    SharedReads reads,
    LiveFeeds feeds,
    StreamOptions options,
    TimeProvider time,
    CancellationToken ending
)
{
    /// <summary>Whether the page at a position ends before the tail, so that it never changes.</summary>
    /// <remarks>True is a promise unless one JSON message alone is longer than a page; the policy does not store it then.</remarks>
    public bool IsSettled(StreamInfo stream, long position) => stream.Tail - position > options.PageBytes;

    /// <summary>The page that begins at a position.</summary>
    /// <param name="name">The stream.</param>
    /// <param name="streamId">The incarnation it must be.</param>
    /// <param name="from">Where the page begins.</param>
    /// <param name="validators">What the cache holds already of this page, which does not reach the tail.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async ValueTask<OriginReply> ReadAsync(
        string name,
        ulong streamId,
        ReadFrom from,
        Validators? validators,
        CancellationToken cancellationToken
    )
    {
        // Reading is using: a sliding lifetime starts again.
        var found = await store.FindAsync(name, StreamUse.Touch, cancellationToken);
        if (found.Stream is not { } stream || stream.Id != streamId)
            return ReplyComposer.Error(MetadataHandler.Missing(found.Presence));
        if (validators?.EntityTag is { } known)
            return ReplyComposer.Confirmation(known, StreamAnswer.PageCacheControl(stream, canChange: false, time.GetUtcNow()));

        var position = from.IsNow ? stream.Tail : from.Position;
        var (outcome, page) = await reads.ReadAsync(stream, position, options.PageBytes, cancellationToken);
        if (page is null)
            return ReplyComposer.Error(ErrorOf(outcome));
        var canChange = page.Next == stream.Tail && !stream.IsClosed;
        var cacheControl = from.IsNow ? StreamAnswer.NoStore : StreamAnswer.PageCacheControl(stream, canChange, time.GetUtcNow());
        return ReplyComposer.Page(stream, page, cacheControl, interval: null);
    }

    /// <summary>What comes after a position: at once if it is there, or within the timeout, or nothing.</summary>
    /// <param name="stream">The stream as it was found.</param>
    /// <param name="position">Where to go on.</param>
    /// <param name="isNow">Whether the position stands for <c>now</c>, so that nobody may keep the answer.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    public async ValueTask<OriginReply> PollAsync(
        StreamInfo stream,
        long position,
        bool isNow,
        CancellationToken cancellationToken
    )
    {
        using var feed = feeds.Join(stream);
        var seen = await WaitAsync(stream, position, cancellationToken);
        var interval = Cursor.IntervalOf(time.GetUtcNow());
        if (seen is null)
            return ReplyComposer.Error(StreamError.NotFound);
        if (position == seen.Tail)
            return ReplyComposer.Nothingness(seen, interval);
        var (outcome, page) = await feed.PageAsync(seen, position, cancellationToken);
        return page is null
            ? ReplyComposer.Error(ErrorOf(outcome))
            : ReplyComposer.Page(
                seen,
                page,
                isNow ? StreamAnswer.NoStore : StreamAnswer.PollCacheControl(seen, time.GetUtcNow()),
                interval
            );
    }

    /// <summary>The error for a page that could not be read.</summary>
    public static StreamError ErrorOf(PageOutcome outcome) =>
        outcome switch
        {
            PageOutcome.PastTail => StreamError.PastTail,
            PageOutcome.InsideMessage => StreamError.InvalidOffset,
            _ => StreamError.NotFound,
        };

    /// <summary>Waits for news if there are none, and says how the stream is then; null when it is gone.</summary>
    private async ValueTask<StreamInfo?> WaitAsync(StreamInfo stream, long position, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending);
        var left = options.LongPollTimeout;
        while (true)
        {
            var found = await store.FindAsync(stream.Name, StreamUse.Touch, cancellationToken);
            if (found.Stream is not { } now || now.Id != stream.Id)
                return null;
            if (position < now.Tail || now.IsClosed || left <= TimeSpan.Zero || ending.IsCancellationRequested)
                return now;
            var patience = LiveUse.Patience(now, left);
            await store.WaitForChangeAsync(now, patience, either.Token);
            cancellationToken.ThrowIfCancellationRequested();
            left -= patience;
        }
    }
}
