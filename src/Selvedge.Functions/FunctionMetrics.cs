using System.Diagnostics.Metrics;
using Selvedge.Functions.Instances;

namespace Selvedge.Functions;

/// <summary>What functions tell about themselves: the meter <c>Selvedge.Functions</c>.</summary>
public sealed class FunctionMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Selvedge.Functions";

    private readonly UpDownCounter<int> _instances;
    private readonly Histogram<double> _starts;
    private readonly Counter<long> _ends;
    private readonly UpDownCounter<int> _active;
    private readonly UpDownCounter<int> _waiting;
    private readonly Histogram<double> _waits;
    private long _resident;

    /// <summary>Makes the instruments.</summary>
    public FunctionMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _instances = meter.CreateUpDownCounter<int>(
            "selvedge.functions.instances",
            "{instance}",
            "Processes of functions, by state: blank, starting, ready or draining."
        );
        _starts = meter.CreateHistogram<double>(
            "selvedge.functions.start.duration",
            "s",
            "How long starts took until the function was loaded, by whether a blank process was there and by success."
        );
        _ends = meter.CreateCounter<long>("selvedge.functions.ends", "{instance}", "Instances that ended, by reason.");
        _active = meter.CreateUpDownCounter<int>(
            "selvedge.functions.requests.active",
            "{request}",
            "Requests in instances, until their responses end."
        );
        _waiting = meter.CreateUpDownCounter<int>(
            "selvedge.functions.requests.waiting",
            "{request}",
            "Requests that wait for a place in an instance."
        );
        _waits = meter.CreateHistogram<double>(
            "selvedge.functions.wait.duration",
            "s",
            "How long requests waited that found no place at once, by whether they got one."
        );
        meter.CreateObservableGauge(
            "selvedge.functions.memory.resident",
            () => Volatile.Read(ref _resident),
            "By",
            "Resident memory of the functions' processes and of those that they started, when it was last looked at."
        );
    }

    internal void Blanks(int change) => Count("blank", change);

    internal void Starting(int change) => Count("starting", change);

    internal void Ready(int change) => Count("ready", change);

    internal void Draining(int change) => Count("draining", change);

    internal void Started(TimeSpan duration, bool fromBlank, bool succeeded)
    {
        if (_starts.Enabled)
        {
            _starts.Record(
                duration.TotalSeconds,
                new KeyValuePair<string, object?>("functions.blank", fromBlank),
                new KeyValuePair<string, object?>("functions.succeeded", succeeded)
            );
        }
    }

    internal void Ended(EndReason reason)
    {
        if (_ends.Enabled)
        {
            _ends.Add(1, new KeyValuePair<string, object?>("functions.reason", reason.ToString()));
        }
    }

    internal void Entered() => _active.Add(1);

    internal void Left() => _active.Add(-1);

    internal void Waiting() => _waiting.Add(1);

    internal void Waited(TimeSpan duration, bool entered)
    {
        _waiting.Add(-1);
        if (_waits.Enabled)
        {
            _waits.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("functions.entered", entered));
        }
    }

    internal void Resident(long bytes) => Volatile.Write(ref _resident, bytes);

    private void Count(string state, int change)
    {
        if (_instances.Enabled)
        {
            _instances.Add(change, new KeyValuePair<string, object?>("functions.state", state));
        }
    }
}
