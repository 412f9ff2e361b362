namespace Selvedge.Streams.Engine;

/// <summary>Those who wait for the next change of one stream, woken a hundred at a time.</summary>
/// <remarks>
/// Raised on the thread that commits, which must not queue ten thousand continuations before it writes again. Only the first group is
/// woken there; every other one by a work item that stands behind whatever has come meanwhile, so that nobody else is starved.
/// </remarks>
/// <param name="schedule">Queues a work item; the thread pool's own queue if left out.</param>
internal sealed class ChangeSignal(Action<IThreadPoolWorkItem>? schedule = null) : IThreadPoolWorkItem
{
    /// <summary>How many are woken at once.</summary>
    public const int GroupSize = 100;

    private readonly List<TaskCompletionSource> _groups = [];
    private int _inLast = GroupSize;
    private int _woken;

    /// <summary>Joins. Not after <see cref="Raise"/>.</summary>
    public Task Join_NeedsLock()
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
    public void Raise() => Execute();

    /// <summary>Wakes one group and queues itself for the next.</summary>
    public void Execute()
    {
        _groups[_woken++].SetResult();
        if (_woken == _groups.Count)
            return;
        if (schedule is null)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else
            schedule(this);
    }
}
