namespace Selvedge.Prerender;

/// <summary>Counts what is under way, and tells when nothing is.</summary>
internal sealed class PendingWork
{
    private readonly Lock _lock = new();
    private int _count;
    private TaskCompletionSource? _quiet;

    /// <summary>How much is under way.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Begin() => Interlocked.Increment(ref _count);

    public void End()
    {
        if (Interlocked.Decrement(ref _count) > 0)
        {
            return;
        }

        lock (_lock)
        {
            _quiet?.TrySetResult();
            _quiet = null;
        }
    }

    /// <summary>Completes when nothing is under way, if only for a moment.</summary>
    public Task WhenQuietAsync()
    {
        lock (_lock)
        {
            // Ending takes the lock after counting: either this sees zero, or ending sees this.
            return Count == 0 ? Task.CompletedTask : (_quiet ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
