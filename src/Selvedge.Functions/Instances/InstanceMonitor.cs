using System.Collections.Concurrent;

namespace Selvedge.Functions.Instances;

/// <summary>
/// Looks after the instances of a host: four times a second at the memory of those that work, every two seconds at that of the others,
/// and once a second asks those that work how they fare. It costs nothing while there are none.
/// </summary>
internal sealed class InstanceMonitor(TimeProvider timeProvider, FunctionMetrics metrics) : IDisposable
{
    // A process can take a gigabyte in the time between two looks, which is why there are several a second.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private const int TicksPerPulse = 4;
    private const int TicksPerRound = 8;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<FunctionInstance, long> _resident = new();
    private ITimer? _timer;
    private int _tick;
    private bool _isRunning;
    private bool _disposed;

    /// <summary>Looks after an instance from now on.</summary>
    public void Add(FunctionInstance instance)
    {
        _resident[instance] = 0;
        lock (_gate)
        {
            _timer ??= timeProvider.CreateTimer(
                static state => ((InstanceMonitor)state!).OnTimer(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
            if (!_isRunning && !_disposed)
            {
                _isRunning = true;
                _timer.Change(Interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Forgets an instance.</summary>
    public void Remove(FunctionInstance instance) => _resident.TryRemove(instance, out _);

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void OnTimer()
    {
        _tick++;
        long total = 0;
        foreach (var (instance, known) in _resident)
        {
            var works = instance.InFlight > 0;
            if (works && _tick % TicksPerPulse == 0)
            {
                instance.Pulse();
            }

            var bytes = known;
            if (works || _tick % TicksPerRound == 0)
            {
                bytes = instance.CheckMemory();
                _resident.TryUpdate(instance, bytes, known);
            }

            total += bytes;
        }

        metrics.Resident(total);
        // Once, and again: a look that takes long is not overtaken by the next.
        lock (_gate)
        {
            _isRunning = !_disposed && !_resident.IsEmpty;
            if (_isRunning)
            {
                _timer!.Change(Interval, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
