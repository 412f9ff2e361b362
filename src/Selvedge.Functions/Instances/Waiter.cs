namespace Selvedge.Functions.Instances;

/// <summary>One request in a <see cref="WaitingLine"/>; completes when it is let in, or refused.</summary>
internal sealed class Waiter : TaskCompletionSource<Entry>
{
    // Asynchronous continuations keep a thousand requests from running on the thread, and under the lock, that lets them in.
    public Waiter(TimeSpan since)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Since = since;
        Node = new(this);
    }

    /// <summary>When it came, on the pool's clock.</summary>
    public TimeSpan Since { get; }

    /// <summary>Its place in the line.</summary>
    public LinkedListNode<Waiter> Node { get; }
}
