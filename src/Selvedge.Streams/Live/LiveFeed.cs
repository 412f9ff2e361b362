using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;

namespace Selvedge.Streams.Live;

/// <summary>The live readers of one stream, and what they share.</summary>
public sealed partial class LiveFeed : IDisposable
{
    /// <summary>The longest page of a live read. Longer catch-ups come in several.</summary>
    public const int PageBytes = 64 * 1024;

    // Enough for readers that are a few appends apart; whoever is further behind is catching up.
    private const int Kept = 8;

    private readonly LiveFeeds _owner;
    private readonly Lock _gate = new();
    private StreamPage?[]? _pages;
    private int _oldest;
    private int _readers;
    private ControlEvent? _control;

    internal LiveFeed(LiveFeeds owner, ulong streamId)
    {
        _owner = owner;
        StreamId = streamId;
    }

    internal ulong StreamId { get; }

    /// <summary>The page at a position, read once for all who ask in time. Not to be disposed.</summary>
    public async ValueTask<(PageOutcome Outcome, StreamPage? Page)> PageAsync(
        StreamInfo stream,
        long from,
        CancellationToken cancellationToken
    )
    {
        if (Find(from) is { } known && known.Next <= stream.Tail)
            return (PageOutcome.Read, known);

        var (outcome, page) = await _owner.ReadAsync(stream, from, PageBytes, cancellationToken);
        if (page is { IsEmpty: false })
            Keep(page);
        return (outcome, page);
    }

    /// <summary>The control event for a position, encoded once while its parts stay the same.</summary>
    public ReadOnlyMemory<byte> Control(long next, long cursor, bool upToDate, bool closed)
    {
        var last = Volatile.Read(ref _control);
        if (last is not null && last.Says(next, cursor, upToDate, closed))
            return last.Bytes;
        var made = new ControlEvent(
            next,
            cursor,
            upToDate,
            closed,
            ServerSentEvent.EncodeControl(next, cursor, upToDate, closed)
        );
        Volatile.Write(ref _control, made);
        return made.Bytes;
    }

    /// <summary>Leaves.</summary>
    public void Dispose()
    {
        CancellationTokenSource? watching;
        lock (_gate)
        {
            if (--_readers > 0)
                return;
            _readers = -1;
            watching = _watching;
        }

        _owner.Remove(this);
        watching?.Cancel();
    }

    internal bool TryEnter()
    {
        lock (_gate)
        {
            if (_readers < 0)
                return false;
            _readers++;
            return true;
        }
    }

    private StreamPage? Find(long from)
    {
        lock (_gate)
        {
            if (_pages is null)
                return null;
            for (var i = 1; i <= Kept; i++)
            {
                // The newest first: nearly everybody asks for that one.
                var page = _pages[(_oldest - i + Kept) % Kept];
                if (page is null)
                    return null;
                if (page.From == from)
                    return page;
            }

            return null;
        }
    }

    private void Keep(StreamPage page)
    {
        lock (_gate)
        {
            _pages ??= new StreamPage?[Kept];
            _pages[_oldest] = page;
            _oldest = (_oldest + 1) % Kept;
        }
    }
}
