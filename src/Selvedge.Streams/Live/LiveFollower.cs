using System.Threading.Tasks.Sources;

namespace Selvedge.Streams.Live;

/// <summary>One reader that follows a stream, and waits for news of it again and again.</summary>
/// <remarks>
/// A hundred thousand of them wait at once and most never hear anything, so waiting takes no task, no timer and no registration: the
/// follower is itself what is awaited, and hangs in its feed's list until somebody takes it out. Whoever takes it out wakes it, so it
/// is woken once.
/// </remarks>
public sealed class LiveFollower : IValueTaskSource<StreamInfo?>, IDisposable
{
    /// <summary>What <see cref="Due"/> is while the follower does not wait.</summary>
    internal const long Never = long.MaxValue;

    private readonly LiveFeed _feed;
    private ManualResetValueTaskSourceCore<StreamInfo?> _news;

    internal LiveFollower(LiveFeed feed) => _feed = feed;

    /// <summary>Whether the reader has gone; it is given nothing any more. Guarded by the feed's lock.</summary>
    internal bool HasLeft { get; set; }

    /// <summary>The timestamp at which it is woken without news, or <see cref="Never"/> while it does not wait. Guarded by the feed's lock.</summary>
    /// <remarks>The deadlines look at it without that lock, and ask the feed when it seems to have come.</remarks>
    internal long Due { get; set; } = Never;

    /// <summary>The timestamp of its place among the deadlines, or <see cref="Never"/>. Guarded by their lock.</summary>
    internal long Place { get; set; } = Never;

    /// <summary>The round of the feed whose end it waits for; 0 when it does not wait. Guarded by the feed's lock.</summary>
    internal int Round { get; set; }

    // Its neighbours in the list it hangs in; guarded by the feed's lock.
    internal LiveFollower? Previous { get; set; }

    internal LiveFollower? Next { get; set; }

    /// <summary>Completes when the stream has more than the reader has seen, or with what it has seen when the time is over.</summary>
    /// <param name="seen">The stream as the reader knows it.</param>
    /// <param name="due">The clock's timestamp at which the wait ends. At the next beat of the clock if it lies behind.</param>
    /// <returns>
    /// The stream as it is now; null when it is gone, the reader has left, or the server wants to end. One wait at a time.
    /// What follows the wait runs among that of many others, so it must not block.
    /// </returns>
    public ValueTask<StreamInfo?> WaitAsync(StreamInfo seen, long due)
    {
        _news.Reset();
        _feed.Wait(this, seen, due);
        return new(this, _news.Version);
    }

    /// <summary>The page at a position; see <see cref="LiveFeed.PageAsync"/>.</summary>
    public ValueTask<(Reading.PageOutcome Outcome, Reading.StreamPage? Page)> PageAsync(
        StreamInfo stream,
        long from,
        CancellationToken cancellationToken
    ) => _feed.PageAsync(stream, from, cancellationToken);

    /// <summary>The control event for a position; see <see cref="LiveFeed.Control"/>.</summary>
    public ReadOnlyMemory<byte> Control(long next, long cursor, bool upToDate, bool closed) =>
        _feed.Control(next, cursor, upToDate, closed);

    /// <summary>The reader is gone: it is woken if it waits, and never waits again.</summary>
    public void Leave() => _feed.Leave(this);

    /// <summary>Leaves for good.</summary>
    public void Dispose() => _feed.Remove(this);

    internal void WakeIfDue(long now) => _feed.WakeIfDue(this, now);

    internal void Wake(StreamInfo? now) => _news.SetResult(now);

    StreamInfo? IValueTaskSource<StreamInfo?>.GetResult(short token) => _news.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<StreamInfo?>.GetStatus(short token) => _news.GetStatus(token);

    void IValueTaskSource<StreamInfo?>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _news.OnCompleted(continuation, state, token, flags);
}
