using System.Diagnostics.Metrics;

namespace Selvedge.Streams;

/// <summary>What streams tell about themselves: the meter <c>Selvedge.Streams</c>.</summary>
public sealed class StreamMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Selvedge.Streams";

    private readonly Counter<long> _appends;
    private readonly Counter<long> _appendedBytes;
    private readonly Histogram<double> _flushes;
    private readonly Histogram<int> _groups;
    private readonly UpDownCounter<int> _readers;
    private readonly Counter<long> _reads;
    private readonly Counter<long> _pages;
    private readonly Counter<long> _pageBytes;
    private readonly long[] _answered = new long[Enum.GetValues<ReadVerdict>().Length];
    private long _pagesRead;
    private long _bytesRead;

    /// <summary>Makes the instruments.</summary>
    public StreamMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _appends = meter.CreateCounter<long>("selvedge.streams.appends", "{append}", "Appends and closes, by outcome.");
        _appendedBytes = meter.CreateCounter<long>("selvedge.streams.appended", "By", "Bytes added to streams.");
        _flushes = meter.CreateHistogram<double>(
            "selvedge.streams.flush.duration",
            "s",
            "How long one group took to write and flush."
        );
        _groups = meter.CreateHistogram<int>(
            "selvedge.streams.flush.records",
            "{record}",
            "How many records one flush made durable."
        );
        _readers = meter.CreateUpDownCounter<int>(
            "selvedge.streams.live_readers",
            "{reader}",
            "Readers that follow a stream now."
        );
        _reads = meter.CreateCounter<long>(
            "selvedge.streams.reads",
            "{read}",
            "Reads that were answered, live connections apart, by what the cache made of them."
        );
        _pages = meter.CreateCounter<long>("selvedge.streams.origin_reads", "{read}", "Pages that were read from the store.");
        _pageBytes = meter.CreateCounter<long>("selvedge.streams.origin_read", "By", "Bytes of pages read from the store.");
    }

    /// <summary>An append was answered.</summary>
    public void Appended(AppendOutcome outcome, int bytes)
    {
        if (_appends.Enabled)
            _appends.Add(1, new KeyValuePair<string, object?>("streams.outcome", outcome.ToString()));
        if (outcome == AppendOutcome.Appended)
            _appendedBytes.Add(bytes);
    }

    /// <summary>A live reader came.</summary>
    public void ReaderCame() => _readers.Add(1);

    /// <summary>A live reader left.</summary>
    public void ReaderLeft() => _readers.Add(-1);

    /// <summary>How many reads were answered with a verdict.</summary>
    public long Answered(ReadVerdict verdict) => Volatile.Read(ref _answered[(int)verdict]);

    /// <summary>How many pages were read from the store.</summary>
    public long PagesRead => Volatile.Read(ref _pagesRead);

    /// <summary>What they held, in bytes.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <summary>A read was answered.</summary>
    public void ReadAnswered(ReadVerdict verdict)
    {
        Interlocked.Increment(ref _answered[(int)verdict]);
        if (_reads.Enabled)
            _reads.Add(1, new KeyValuePair<string, object?>("cache.result", NameOf(verdict)));
    }

    internal void PageRead(int bytes)
    {
        Interlocked.Increment(ref _pagesRead);
        Interlocked.Add(ref _bytesRead, bytes);
        _pages.Add(1);
        _pageBytes.Add(bytes);
    }

    private static string NameOf(ReadVerdict verdict) =>
        verdict switch
        {
            ReadVerdict.Hit => "hit",
            ReadVerdict.Bypass => "bypass",
            _ => "miss",
        };

    internal void Flushed(TimeSpan duration, int records)
    {
        _flushes.Record(duration.TotalSeconds);
        _groups.Record(records);
    }
}
