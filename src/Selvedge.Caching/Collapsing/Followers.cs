namespace Selvedge.Caching.Collapsing;

/// <summary>Those who wait for one fetch, woken a hundred at a time.</summary>
/// <remarks>
/// Ten thousand continuations queued at once would stand in front of every other request. Each group here is a work item that wakes
/// a hundred and queues the next one behind whatever has come meanwhile; so others wait for a hundred answers at most. A follower costs
/// no more than his own continuation, because a group shares one task.
/// </remarks>
/// <param name="schedule">Queues a work item; the thread pool's own queue if left out.</param>
internal sealed class Followers(Action<IThreadPoolWorkItem>? schedule = null) : IThreadPoolWorkItem
{
    /// <summary>How many are woken at once.</summary>
    public const int GroupSize = 100;

    private readonly List<TaskCompletionSource<FetchOutcome>> _groups = [];
    private int _inLast = GroupSize;
    private int _woken;
    private FetchOutcome? _outcome;

    /// <summary>Joins. Not after <see cref="Wake"/>.</summary>
    public Task<FetchOutcome> Join_NeedsLock()
    {
        if (_inLast == GroupSize)
        {
            _inLast = 0;
            _groups.Add(new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        _inLast++;
        return _groups[^1].Task;
    }

    /// <summary>Begins to wake them. Nobody joins any more.</summary>
    public void Wake(FetchOutcome outcome)
    {
        _outcome = outcome;
        Execute();
    }

    /// <summary>Wakes one group and queues itself for the next.</summary>
    public void Execute()
    {
        _groups[_woken++].SetResult(_outcome!);
        if (_woken == _groups.Count)
            return;
        if (schedule is null)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else
            schedule(this);
    }
}
