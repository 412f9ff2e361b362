using System.Collections.Concurrent;
using Selvedge.Streams.Reading;

namespace Selvedge.Streams.Live;

/// <summary>Serves the live readers of all streams: what one of them has read and encoded, the others are given.</summary>
/// <remarks>
/// A feed exists while somebody follows its stream. It keeps the last few pages and no queue: a reader asks for the page at its own
/// position, so one that falls behind reads the store again, as a reader catching up does, and never holds the others back.
/// </remarks>
/// <param name="store">Where streams are.</param>
/// <param name="reads">Reads their pages.</param>
/// <param name="time">The clock by which followers wait.</param>
public sealed class LiveFeeds(IStreamStore store, SharedReads reads, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<ulong, LiveFeed> _feeds = new();
    private volatile bool _hasEnded;

    internal IStreamStore Store => store;

    internal Deadlines Deadlines { get; } = new(time);

    /// <summary>How many streams are being followed.</summary>
    public int Count => _feeds.Count;

    /// <summary>Joins the readers of a stream. Dispose the result to leave.</summary>
    public LiveFeed Join(StreamInfo stream)
    {
        while (true)
        {
            var feed = _feeds.GetOrAdd(stream.Id, static (id, owner) => new LiveFeed(owner, id), this);
            if (feed.TryEnter())
            {
                // Whoever joins while all feeds are ended may have made one that was not met.
                if (_hasEnded)
                    feed.End();
                return feed;
            }

            // The last reader left in this moment: help it out of the table and begin a new feed.
            Remove(feed);
        }
    }

    /// <summary>Lets nobody wait any longer, now or later: the server wants to end.</summary>
    public void End()
    {
        _hasEnded = true;
        foreach (var (_, feed) in _feeds)
            feed.End();
    }

    /// <summary>Lets go of the timer.</summary>
    public void Dispose() => Deadlines.Dispose();

    internal void Remove(LiveFeed feed) => _feeds.TryRemove(new(feed.StreamId, feed));

    internal ValueTask<(PageOutcome Outcome, StreamPage? Page)> ReadAsync(
        StreamInfo stream,
        long from,
        int pageBytes,
        CancellationToken cancellationToken
    ) => reads.ReadAsync(stream, from, pageBytes, cancellationToken);
}
