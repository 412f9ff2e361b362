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

    internal void Flushed(TimeSpan duration, int records)
    {
        _flushes.Record(duration.TotalSeconds);
        _groups.Record(records);
    }
}
