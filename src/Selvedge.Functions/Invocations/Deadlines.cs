namespace Selvedge.Functions.Invocations;

/// <summary>
/// Ends the invocations of one function whose time is over. All may take equally long, so the one that began first is always the first that
/// is due: one timer serves them all, where one for each would cost more than everything else that is kept of a request.
/// </summary>
/// <param name="duration">How long an invocation may take.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class Deadlines(TimeSpan duration, TimeProvider timeProvider)
{
    // Timers count whole milliseconds, and one that fires early would be set again and again.
    private static readonly TimeSpan Granularity = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<Invocation> _running = new();
    private ITimer? _timer;
    private bool _isArmed;

    /// <summary>Lets an invocation's time run.</summary>
    public void Add(Invocation invocation)
    {
        lock (_gate)
        {
            invocation.BeganAt = timeProvider.GetTimestamp();
            _running.AddLast(invocation.Node);
            // A timer that is set already fires before this one is due, and is set again then.
            if (!_isArmed)
            {
                Arm_NeedsLock(duration);
            }
        }
    }

    /// <summary>Forgets an invocation that is through, or that was never added.</summary>
    public void Remove(Invocation invocation)
    {
        lock (_gate)
        {
            if (invocation.Node.List is not null)
            {
                _running.Remove(invocation.Node);
            }
        }
    }

    private void OnTimer()
    {
        List<Invocation> due = [];
        lock (_gate)
        {
            _isArmed = false;
            while (_running.First is { Value: var first })
            {
                var left = duration - timeProvider.GetElapsedTime(first.BeganAt);
                if (left > Granularity)
                {
                    Arm_NeedsLock(left);
                    break;
                }

                _running.RemoveFirst();
                due.Add(first);
            }
        }

        due.ForEach(static invocation => invocation.TimeOut());
    }

    private void Arm_NeedsLock(TimeSpan time)
    {
        _timer ??= timeProvider.CreateTimer(
            static state => ((Deadlines)state!).OnTimer(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _isArmed = true;
        _timer.Change(time, Timeout.InfiniteTimeSpan);
    }
}
