using System.Runtime.CompilerServices;

namespace Selvedge.Server.Turns;

/// <summary>Awaited, it goes on in the thread pool, at once if it is there already.</summary>
internal readonly struct PoolThread : ICriticalNotifyCompletion
{
    /// <summary>Whether nothing needs to be done. The threads that poll sockets are none of the pool's.</summary>
    public bool IsCompleted => Thread.CurrentThread.IsThreadPoolThread;

    /// <summary>Itself.</summary>
    public PoolThread GetAwaiter() => this;

    /// <summary>Nothing comes of it.</summary>
    public void GetResult() { }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) =>
        ThreadPool.QueueUserWorkItem(static action => action(), continuation, preferLocal: false);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) =>
        ThreadPool.UnsafeQueueUserWorkItem(static action => action(), continuation, preferLocal: false);
}
