using System.Diagnostics.Metrics;
using Selvedge.Streams;

namespace Selvedge.Benchmarks.Streams;

/// <summary>Counts the groups that stores flush, and the records in them, from what the stores' meter says.</summary>
internal sealed class GroupCounts : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private long _groups;
    private long _records;

    public GroupCounts()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == this && instrument.Name == "selvedge.streams.flush.records")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>(
            (_, records, _, _) =>
            {
                Interlocked.Increment(ref _groups);
                Interlocked.Add(ref _records, records);
            }
        );
        _listener.Start();
        Metrics = new StreamMetrics(this);
    }

    public StreamMetrics Metrics { get; }

    public (long Groups, long Records) Now => (Interlocked.Read(ref _groups), Interlocked.Read(ref _records));

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        return new Meter(options);
    }

    public void Dispose() => _listener.Dispose();
}
