using Selvedge.Functions.Instances;

namespace Selvedge.Functions.Invocations;

/// <summary>
/// One request from its admission to the end of its response's body: what it holds meanwhile, and what may abort it.
/// </summary>
internal sealed class Invocation : IDisposable
{
    private readonly FunctionPool _pool;

    // It has neither a timer nor a handle, so there is nothing to dispose, and whoever comes late may still cancel it.
    private readonly CancellationTokenSource _abort = new();
    private FunctionInstance? _instance;
    private CancellationTokenRegistration _onClientGone;
    private volatile bool _abandoned;
    private int _disposed;

    /// <summary>Makes one.</summary>
    /// <param name="pool">The pool that has admitted it.</param>
    /// <param name="clientGone">Signalled when the client is gone.</param>
    public Invocation(FunctionPool pool, CancellationToken clientGone)
    {
        _pool = pool;
        ClientGone = clientGone;
        Node = new(this);
    }

    /// <summary>Its place among those whose time runs.</summary>
    public LinkedListNode<Invocation> Node { get; }

    /// <summary>When its time began to run, for <see cref="Deadlines"/>.</summary>
    public long BeganAt { get; set; }

    /// <summary>The function that is invoked.</summary>
    public FunctionSpec Function => _pool.Function;

    /// <summary>Signalled when the client is gone.</summary>
    public CancellationToken ClientGone { get; }

    /// <summary>Signalled when the client is gone, or when the function's time is over.</summary>
    public CancellationToken Aborted => _abort.Token;

    /// <summary>Takes over a place in an instance, and lets the function's time run.</summary>
    public void Enter(FunctionInstance instance)
    {
        _instance = instance;
        _pool.Deadlines.Add(this);
        _onClientGone = ClientGone.UnsafeRegister(static abort => ((CancellationTokenSource)abort!).Cancel(), _abort);
    }

    /// <summary>Ends what has taken too long.</summary>
    public void TimeOut() => _abort.Cancel();

    /// <summary>Ends what the client, or the server for it, no longer wants.</summary>
    public void Abandon()
    {
        _abandoned = true;
        _abort.Cancel();
    }

    /// <summary>Leaves the instance.</summary>
    public void Leave()
    {
        _onClientGone.Dispose();
        _pool.Deadlines.Remove(this);
        if (Interlocked.Exchange(ref _instance, null) is { } instance)
        {
            _pool.Exit(instance);
        }
    }

    /// <summary>
    /// Says why the invocation was aborted. If it took too long, it has the instance looked after, for the function may hang for others
    /// too.
    /// </summary>
    public FunctionFailure ExplainAbort()
    {
        if (_abandoned || ClientGone.IsCancellationRequested)
        {
            return new(FunctionFailureReason.ClientGone, $"The client of {Function.Name} went away.");
        }

        _ = _instance?.KillIfHungAsync();
        return new(FunctionFailureReason.TimedOut, $"{Function.Name} took longer than {Function.MaxDuration.TotalSeconds:F0} s.");
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        Leave();
        _pool.Leave();
    }
}
