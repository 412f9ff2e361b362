namespace Selvedge.Streams.Live;

/// <content>Those who wait for news of the stream, and how they are woken.</content>
/// <remarks>
/// <code>
/// 1 a follower waits ─▶ 2 the feed watches the store, once for all ─▶ 3 news: all who wait are taken over at once
///                                                                  ─▶ 4 they are woken a few at a time, each on its turn
/// </code>
/// Whoever finds news at once queues behind those who wait to be woken, so that a stream that is written without a pause
/// serves its followers in turn.
/// </remarks>
public sealed partial class LiveFeed : IThreadPoolWorkItem
{
    // What a work item does before it lets other requests have the thread.
    private const int WokenAtOnce = 32;

    private FollowerList _waiting;
    private FollowerList _woken;
    private int _round = 1;
    private bool _isWaking;
    private StreamInfo? _now;
    private bool _hasEnded;
    private CancellationTokenSource? _watching;

    /// <summary>Begins to follow. The follower leaves the feed when it is disposed, so the feed itself is not to be disposed then.</summary>
    public LiveFollower Follow() => new(this);

    /// <summary>Nobody waits any longer.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            WakeAll_NeedsLock();
        }
    }

    // 1. A follower waits.
    internal void Wait(LiveFollower follower, StreamInfo seen, long due)
    {
        var watching = default(CancellationTokenSource);
        lock (_gate)
        {
            if (_now is null || IsNewer(seen, _now))
                _now = seen;
            if (follower.HasLeft || _hasEnded || IsNewer(_now, seen))
            {
                _woken.Add(follower);
                BeginWaking_NeedsLock();
                return;
            }

            follower.Round = _round;
            _waiting.Add(follower);
            _owner.Deadlines.Expect(follower, due);
            if (_watching is null)
                _watching = watching = new CancellationTokenSource();
        }

        if (watching is not null)
            _ = WatchAsync(seen, watching);
    }

    /// <summary>The time of a follower may be over.</summary>
    internal void WakeIfDue(LiveFollower follower, long now)
    {
        lock (_gate)
        {
            if (follower.Due <= now)
                WakeOne_NeedsLock(follower);
        }
    }

    internal void Leave(LiveFollower follower)
    {
        lock (_gate)
        {
            follower.HasLeft = true;
            WakeOne_NeedsLock(follower);
        }
    }

    internal void Remove(LiveFollower follower)
    {
        _owner.Deadlines.Forget(follower);
        Dispose();
    }

    // 2. One watcher for all. It uses the stream as a reader does, so that a sliding lifetime goes on while somebody follows. The last
    // to leave cancels it; its source needs no disposal, having neither a timer nor a parent.
    private async Task WatchAsync(StreamInfo seen, CancellationTokenSource watching)
    {
        try
        {
            while (!watching.IsCancellationRequested)
            {
                await _owner.Store.WaitForChangeAsync(seen, LiveUse.Patience(seen, Timeout.InfiniteTimeSpan), watching.Token);
                if (watching.IsCancellationRequested)
                    return;
                var found = await _owner.Store.FindAsync(seen.Name, StreamUse.Touch, watching.Token);
                if (found.Stream is not { } now || now.Id != StreamId)
                    break;
                Publish(now);
                seen = now;
            }

            End();
        }
        catch (Exception exception) when (exception is StreamStoreException or OperationCanceledException)
        {
            // Of a store that has failed there is no news; its readers come back and are told.
            End();
        }
    }

    // 3. News.
    private void Publish(StreamInfo now)
    {
        lock (_gate)
        {
            if (_now is not null && !IsNewer(now, _now))
                return;
            _now = now;
            WakeAll_NeedsLock();
        }
    }

    private void WakeAll_NeedsLock()
    {
        if (_waiting.IsEmpty)
            return;
        _woken.TakeAll(ref _waiting);
        _round++;
        BeginWaking_NeedsLock();
    }

    private void WakeOne_NeedsLock(LiveFollower follower)
    {
        if (follower.Round != _round)
            return;
        _waiting.Remove(follower);
        follower.Round = 0;
        _woken.Add(follower);
        BeginWaking_NeedsLock();
    }

    private void BeginWaking_NeedsLock()
    {
        if (_isWaking)
            return;
        _isWaking = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    // 4. Each on its turn.
    void IThreadPoolWorkItem.Execute()
    {
        for (var woken = 0; woken < WokenAtOnce; woken++)
        {
            LiveFollower follower;
            StreamInfo? now;
            lock (_gate)
            {
                if (_woken.TakeFirst() is not { } first)
                {
                    _isWaking = false;
                    return;
                }

                follower = first;
                follower.Round = 0;
                follower.Due = LiveFollower.Never;
                now = _hasEnded || follower.HasLeft ? null : _now;
            }

            follower.Wake(now);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private static bool IsNewer(StreamInfo one, StreamInfo other) => one.Tail > other.Tail || (one.IsClosed && !other.IsClosed);
}
