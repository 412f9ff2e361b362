using System.Diagnostics.Metrics;

namespace Selvedge.Functions.Tests.Support;

/// <summary>Makes meters that tell one test alone, and adds up what their counters were told.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly Lock _gate = new();
    private readonly List<Meter> _meters = [];
    private readonly Dictionary<string, double> _sums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly MeterListener _listener;

    public TestMeters()
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == this)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The sum of what an instrument was told under its tags: <c>name tag=value</c>.</summary>
    public double Sum(string series)
    {
        lock (_gate)
        {
            return _sums.GetValueOrDefault(series);
        }
    }

    /// <summary>How often an instrument was told something under its tags.</summary>
    public int Count(string series)
    {
        lock (_gate)
        {
            return _counts.GetValueOrDefault(series);
        }
    }

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(meter => meter.Dispose());
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = instrument.Name;
        foreach (var (name, tag) in tags)
        {
            series += $" {name}={tag}";
        }

        lock (_gate)
        {
            _sums[series] = _sums.GetValueOrDefault(series) + value;
            _counts[series] = _counts.GetValueOrDefault(series) + 1;
        }
    }
}
