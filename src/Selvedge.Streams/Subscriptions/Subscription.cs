namespace Selvedge.Streams.Subscriptions;

/// <summary>A subscription that is being served. Everything about it is done under its gate, one thing after another.</summary>
internal sealed class Subscription(SubscriptionState state) : IDisposable
{
    public SubscriptionState State => state;

    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>Fires when a lease ends or an attempt is due.</summary>
    public ITimer? Timer { get; set; }

    /// <summary>It is gone; whoever still waits at the gate must be told.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Enters the gate. Dispose the result to leave.</summary>
    public async ValueTask<Entered> EnterAsync(CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        return new Entered(Gate);
    }

    // The gate has no handle to free, and somebody may still be leaving it.
    public void Dispose() => Timer?.Dispose();

    internal readonly struct Entered(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
