using System.Collections.Concurrent;

namespace Selvedge.Streams.Reading;

/// <summary>Reads pages, each once for all who ask for it at the same time or within a tenth of a second.</summary>
/// <remarks>
/// It stands below the cache, for what the cache may not keep: pages that reach the tail, and requests that insist on an answer of
/// their own. Because the key holds the tail that the reader has seen, a page never misses a write that was acknowledged
/// before its reader asked. Failures are not kept. What is kept is bounded by number and bytes, and leaves by itself.
/// </remarks>
public sealed class SharedReads : IDisposable
{
    /// <summary>How long a page is kept after it was read.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(100);

    private const int MaxKept = 1000;
    private const int MaxKeptBytes = 32 * 1024 * 1024;

    // A larger page is shared by those who come while it is read, and not kept: a few of them would push out all others.
    private const int LargestKept = 256 * 1024;

    private readonly IStreamStore _store;
    private readonly TimeProvider _time;
    private readonly StreamMetrics _metrics;
    private readonly ConcurrentDictionary<PageKey, SharedRead> _reads = new();
    private readonly ConcurrentDictionary<ulong, long>? _counts;
    private readonly Lock _gate = new();
    private readonly Queue<SharedRead> _kept = new();
    private readonly ITimer _sweeper;
    private long _keptBytes;

    /// <summary>Begins without a page.</summary>
    /// <param name="store">Where streams are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Told of every read of the store.</param>
    /// <param name="countsPerStream">Whether <see cref="CountOf"/> knows: for debugging, as the counts are never given up.</param>
    public SharedReads(IStreamStore store, TimeProvider time, StreamMetrics metrics, bool countsPerStream)
    {
        _store = store;
        _time = time;
        _metrics = metrics;
        _counts = countsPerStream ? new() : null;
        _sweeper = time.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many pages are being read or kept.</summary>
    public int Count => _reads.Count;

    /// <summary>How often an incarnation was read from the store; 0 where that is not counted.</summary>
    public long CountOf(ulong streamId) => _counts?.GetValueOrDefault(streamId) ?? 0;

    /// <summary>The page that begins at a position. Not to be disposed.</summary>
    /// <param name="stream">The stream as the reader has found it; the page reaches no further.</param>
    /// <param name="from">The position.</param>
    /// <param name="pageBytes">How long the page may be.</param>
    /// <param name="cancellationToken">Stops waiting. The read belongs to all who wait for it and goes on.</param>
    public ValueTask<(PageOutcome Outcome, StreamPage? Page)> ReadAsync(
        StreamInfo stream,
        long from,
        int pageBytes,
        CancellationToken cancellationToken
    )
    {
        var key = new PageKey(stream.Id, from, pageBytes, stream.Tail, stream.IsClosed);
        while (true)
        {
            if (_reads.TryGetValue(key, out var known))
            {
                if (!known.Done.IsCompleted)
                    return new(known.Done.WaitAsync(cancellationToken));
                if (known.Page is { } page && _time.GetTimestamp() < known.Until)
                    return new((PageOutcome.Read, page));
                _reads.TryRemove(new(key, known));
            }

            var read = new SharedRead(key);
            if (_reads.TryAdd(key, read))
            {
                _ = ReadAsync(stream, read);
                return read is { Done.IsCompleted: true, Page: { } page }
                    ? new((PageOutcome.Read, page))
                    : new(read.Done.WaitAsync(cancellationToken));
            }
        }
    }

    /// <summary>Lets go of everything.</summary>
    public void Dispose()
    {
        _sweeper.Dispose();
        _reads.Clear();
    }

    private async Task ReadAsync(StreamInfo stream, SharedRead read)
    {
        var key = read.Key;
        _counts?.AddOrUpdate(key.StreamId, 1, static (_, count) => count + 1);
        try
        {
            var (outcome, page) = await PageReader.ReadAsync(
                _store,
                stream,
                key.From,
                key.PageBytes,
                shared: true,
                CancellationToken.None
            );
            _metrics.PageRead(page?.Body.Length ?? 0);
            if (page is not null && page.Body.Length <= LargestKept)
                Keep(read, page.Body.Length);
            else
                _reads.TryRemove(new(key, read));
            read.Complete(outcome, page);
        }
        catch (Exception exception)
        {
            _reads.TryRemove(new(key, read));
            read.Fail(exception);
        }
    }

    private void Keep(SharedRead read, int bytes)
    {
        read.Bytes = bytes;
        read.Until = _time.GetTimestamp() + (long)(Lifetime.TotalSeconds * _time.TimestampFrequency);
        lock (_gate)
        {
            _kept.Enqueue(read);
            _keptBytes += bytes;
            while (_kept.Count > MaxKept || _keptBytes > MaxKeptBytes)
                Drop_NeedsLock();
            if (_kept.Count == 1)
                _sweeper.Change(Lifetime, Timeout.InfiniteTimeSpan);
        }
    }

    private void Sweep()
    {
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            while (_kept.TryPeek(out var oldest) && oldest.Until <= now)
                Drop_NeedsLock();
            if (_kept.Count > 0)
                _sweeper.Change(Lifetime, Timeout.InfiniteTimeSpan);
        }
    }

    private void Drop_NeedsLock()
    {
        var oldest = _kept.Dequeue();
        _keptBytes -= oldest.Bytes;
        _reads.TryRemove(new(oldest.Key, oldest));
    }
}
