using System.Collections.Immutable;

namespace Selvedge.Streams.Estuaries;

/// <summary>A stream that estuaries follow: who they are, and who waits for a delivery.</summary>
internal sealed class FollowedStream(string project, string id)
{
    private readonly Lock _lock = new();
    private readonly List<(long UpTo, TaskCompletionSource<FanOutCounts> Done)> _waiting = [];
    private bool _isPending;
    private bool _isRunning;

    public string Project { get; } = project;

    public string Id { get; } = id;

    /// <summary>The store's name of the stream.</summary>
    public string Key { get; } = $"{project}/{id}";

    /// <summary>Who follows it; changed under the hub's lock only.</summary>
    public ImmutableArray<Follower> Followers { get; set; } = [];

    /// <summary>The run of deliveries under way, or the last one.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Up to where the slowest of those that take deliveries has come.</summary>
    public long Slowest { get; set; } = long.MaxValue;

    /// <summary>Sees to it that a delivery begins after this.</summary>
    public void Wake(Func<FollowedStream, Task> run)
    {
        lock (_lock)
            Wake_NeedsLock(run);
    }

    /// <summary>Completes when everything up to a position has been delivered, as far as it can be.</summary>
    public Task<FanOutCounts> WaitAsync(long upTo, Func<FollowedStream, Task> run)
    {
        var done = new TaskCompletionSource<FanOutCounts>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((upTo, done));
            Wake_NeedsLock(run);
        }

        return done.Task;
    }

    /// <summary>Takes the next delivery on; false when there is none, and the run is over.</summary>
    /// <param name="waiting">Those whom the delivery must tell.</param>
    public bool TryTakeNext(out List<(long UpTo, TaskCompletionSource<FanOutCounts> Done)> waiting)
    {
        lock (_lock)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
            _isRunning = _isPending;
            _isPending = false;
            return _isRunning;
        }
    }

    /// <summary>Ends a run that failed; those who wait are told.</summary>
    public void Abandon(Exception exception)
    {
        lock (_lock)
        {
            foreach (var (_, done) in _waiting)
                done.TrySetException(exception);
            _waiting.Clear();
            (_isPending, _isRunning) = (false, false);
        }
    }

    private void Wake_NeedsLock(Func<FollowedStream, Task> run)
    {
        _isPending = true;
        if (_isRunning)
            return;
        _isRunning = true;
        // On a thread of its own: whoever appended does not deliver.
        Running = Task.Run(() => run(this));
    }
}
