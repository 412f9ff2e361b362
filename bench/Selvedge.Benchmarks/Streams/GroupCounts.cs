using System.Diagnostics.Metrics;
using Selvedge.Streams;

namespace Selvedge.Benchmarks.Streams;

/// <summary>Counts the groups that stores flush, and the records in them, from what the stores' meter says.</summary>
internal sealed class GroupCounts : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private long _groups;
    private long _records;
    private long _microseconds;

    public GroupCounts()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (
                instrument.Meter.Scope == this
                && instrument.Name is "selvedge.streams.flush.records" or "selvedge.streams.flush.duration"
            )
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>(
            (_, records, _, _) =>
            {
                Interlocked.Increment(ref _groups);
                Interlocked.Add(ref _records, records);
            }
        );
        _listener.SetMeasurementEventCallback<double>(
            (_, seconds, _, _) => Interlocked.Add(ref _microseconds, (long)(seconds * 1e6))
        );
        _listener.Start();
        Metrics = new StreamMetrics(this);
    }

    public StreamMetrics Metrics { get; }

    /// <summary>Groups, records and microseconds of flushing so far.</summary>
    public (long Groups, long Records, long Microseconds) Now =>
        (Interlocked.Read(ref _groups), Interlocked.Read(ref _records), Interlocked.Read(ref _microseconds));

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        return new Meter(options);
    }

    public void Dispose() => _listener.Dispose();
}
