namespace Selvedge.Streams.Live;

/// <summary>Wakes followers whose time is over: one timer for all of them, set to the earliest.</summary>
/// <remarks>
/// News moves a follower's deadline many times a second while its place among the others stays where it is: when that comes up, the
/// follower is put back to where it belongs by then. So a wait costs a comparison, and a place is taken about once per keep-alive.
/// </remarks>
internal sealed class Deadlines : IDisposable
{
    // Fewer places of followers that have left are not worth clearing out.
    private const int FewVoid = 64;

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<LiveFollower, long> _places = new();
    private readonly ITimer _timer;
    private long _timerDue = LiveFollower.Never;
    private int _void;

    public Deadlines(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many places are taken, those of followers that have left included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _places.Count;
        }
    }

    /// <summary>A follower waits until a timestamp. Called under its feed's lock.</summary>
    public void Expect(LiveFollower follower, long due)
    {
        lock (_gate)
        {
            follower.Due = due;
            if (follower.Place <= due)
                return;
            GiveUpPlace_NeedsLock(follower);
            Put_NeedsLock(follower, due);
            Arm_NeedsLock();
        }
    }

    /// <summary>A follower waits no more.</summary>
    public void Forget(LiveFollower follower)
    {
        lock (_gate)
        {
            GiveUpPlace_NeedsLock(follower);
            if (_void <= Math.Max(FewVoid, _places.Count / 2))
                return;
            var taken = _places.UnorderedItems.Where(static item => item.Element.Place == item.Priority).ToArray();
            _places.Clear();
            _places.EnqueueRange(taken);
            _void = 0;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        var due = new List<LiveFollower>();
        long now;
        lock (_gate)
        {
            now = _time.GetTimestamp();
            while (_places.TryPeek(out var follower, out var place) && place <= now)
            {
                _places.Dequeue();
                if (follower.Place != place)
                {
                    _void--;
                    continue;
                }

                follower.Place = LiveFollower.Never;
                if (follower.Due <= now)
                    due.Add(follower);
                else if (follower.Due != LiveFollower.Never)
                    Put_NeedsLock(follower, follower.Due);
            }

            _timerDue = LiveFollower.Never;
            Arm_NeedsLock();
        }

        // Outside the lock, which feeds take inside theirs.
        foreach (var follower in due)
            follower.WakeIfDue(now);
    }

    private void Put_NeedsLock(LiveFollower follower, long due)
    {
        follower.Place = due;
        _places.Enqueue(follower, due);
    }

    /// <summary>Leaves the place to come up for nobody, since taking it out of the middle would cost a search.</summary>
    private void GiveUpPlace_NeedsLock(LiveFollower follower)
    {
        if (follower.Place == LiveFollower.Never)
            return;
        follower.Place = LiveFollower.Never;
        _void++;
    }

    private void Arm_NeedsLock()
    {
        if (!_places.TryPeek(out _, out var due) || due >= _timerDue)
            return;
        _timerDue = due;

        // Timers count whole milliseconds and may come a little early; then the next is set.
        var left = Math.Max(0, due - _time.GetTimestamp());
        _timer.Change(
            TimeSpan.FromMilliseconds(Math.Ceiling(left * 1000.0 / _time.TimestampFrequency)),
            Timeout.InfiniteTimeSpan
        );
    }
}
