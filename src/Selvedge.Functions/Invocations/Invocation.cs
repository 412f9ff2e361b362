using Selvedge.Functions.Instances;

namespace Selvedge.Functions.Invocations;

/// <summary>
/// One request from its admission to the end of its response's body: what it holds meanwhile, and what may abort it.
/// </summary>
/// <param name="pool">The pool that has admitted it.</param>
/// <param name="timeProvider">The clock of the function's duration.</param>
/// <param name="clientGone">Signalled when the client is gone.</param>
internal sealed class Invocation(FunctionPool pool, TimeProvider timeProvider, CancellationToken clientGone) : IDisposable
{
    private FunctionInstance? _instance;
    private CancellationTokenSource? _abort;
    private CancellationTokenRegistration _onClientGone;
    private volatile bool _abandoned;
    private int _disposed;

    /// <summary>The function that is invoked.</summary>
    public FunctionSpec Function => pool.Function;

    /// <summary>Signalled when the client is gone.</summary>
    public CancellationToken ClientGone => clientGone;

    /// <summary>Signalled when the client is gone, or when the function's time is over; valid once an instance is entered.</summary>
    public CancellationToken Aborted { get; private set; }

    /// <summary>Takes over a place in an instance, and lets the function's time run.</summary>
    public void Enter(FunctionInstance instance)
    {
        _instance = instance;
        _abort = new CancellationTokenSource(Function.MaxDuration, timeProvider);
        Aborted = _abort.Token;
        _onClientGone = clientGone.UnsafeRegister(static abort => ((CancellationTokenSource)abort!).Cancel(), _abort);
    }

    /// <summary>Ends what the client, or the server for it, no longer wants.</summary>
    public void Abandon()
    {
        _abandoned = true;
        _abort?.Cancel();
    }

    /// <summary>Leaves the instance.</summary>
    public void Leave()
    {
        _onClientGone.Dispose();
        _abort?.Dispose();
        if (Interlocked.Exchange(ref _instance, null) is { } instance)
        {
            pool.Exit(instance);
        }
    }

    /// <summary>
    /// Says why the invocation was aborted. If it took too long, it has the instance looked after, for the function may hang for others
    /// too.
    /// </summary>
    public FunctionFailure ExplainAbort()
    {
        if (_abandoned || clientGone.IsCancellationRequested)
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
        pool.Leave();
    }
}
