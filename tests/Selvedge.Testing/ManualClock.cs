namespace Selvedge.Testing;

/// <summary>A clock that moves only when a test says so, and fires the timers that fall due on the way.</summary>
/// <remarks>
/// Timers fire on the thread that advances the clock, earliest first, each with the clock standing at its due time: a timer
/// that arms another one inside the advanced span sees that one fire too.
/// </remarks>
/// <param name="start">The first instant; 2030-01-01T00:00:00Z if left out.</param>
/// <param name="timestampFrequency">
/// Ticks per second of <see cref="GetTimestamp"/>. Real clocks differ from <see cref="TimeSpan.TicksPerSecond"/>:
/// <see cref="OddFrequency"/> shows code that takes the two for the same.
/// </param>
public sealed class ManualClock(DateTimeOffset? start = null, long timestampFrequency = TimeSpan.TicksPerSecond) : TimeProvider
{
    /// <summary>A timestamp frequency that divides nothing evenly.</summary>
    public const long OddFrequency = 2_999_999;

    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _armed = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private readonly DateTimeOffset _start = start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TimeSpan _elapsed;

    public override long TimestampFrequency => timestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How many timers wait to fire.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_lock)
                return _armed.Count;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _start + _elapsed;
    }

    public override long GetTimestamp()
    {
        lock (_lock)
            return (long)((Int128)_elapsed.Ticks * timestampFrequency / TimeSpan.TicksPerSecond);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward and fires every timer that falls due up to and at the new instant.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan target;
        lock (_lock)
            target = _elapsed + by;

        while (TakeNextDue(target) is { } due)
            due.Fire();
    }

    /// <summary>
    /// Completes when at least <paramref name="count"/> timers wait to fire: the barrier between code that is about to wait
    /// and a test that is about to move the clock.
    /// </summary>
    public Task WaitForTimersAsync(int count = 1)
    {
        lock (_lock)
        {
            if (_armed.Count >= count)
                return Task.CompletedTask;

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task;
        }
    }

    internal void Arm(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _armed.Remove(timer);
            timer.Due = _elapsed + dueTime;
            _armed.Add(timer);
            foreach (var (_, reached) in _waiters.FindAll(waiter => waiter.Count <= _armed.Count))
                reached.SetResult();
            _waiters.RemoveAll(waiter => waiter.Reached.Task.IsCompleted);
        }
    }

    internal bool Disarm(ManualTimer timer)
    {
        lock (_lock)
            return _armed.Remove(timer);
    }

    /// <summary>Moves the clock to the earliest timer due by <paramref name="target"/>, or to the target if there is none.</summary>
    private ManualTimer? TakeNextDue(TimeSpan target)
    {
        lock (_lock)
        {
            // The earliest; among equals the one armed first, since MinBy keeps the first it meets.
            var next = _armed.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            var reached = next?.Due ?? target;
            if (reached > _elapsed)
                _elapsed = reached;
            if (next is not null)
                _armed.Remove(next);
            return next;
        }
    }
}
