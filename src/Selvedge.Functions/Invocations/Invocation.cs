using System.Threading.RateLimiting;
using Selvedge.Functions.Instances;

namespace Selvedge.Functions.Invocations;

/// <summary>
/// One request from its admission to the end of its response's body: what it holds meanwhile, and what may abort it.
/// </summary>
/// <param name="function">The function.</param>
/// <param name="timeProvider">The clock of the function's duration.</param>
/// <param name="ended">Called when everything is given back.</param>
/// <param name="clientGone">Signalled when the client is gone.</param>
internal sealed class Invocation(FunctionSpec function, TimeProvider timeProvider, Action ended, CancellationToken clientGone)
    : IDisposable
{
    private RateLimitLease? _place;
    private FunctionInstance? _instance;
    private CancellationTokenSource? _abort;
    private CancellationTokenRegistration _onClientGone;
    private volatile bool _abandoned;
    private int _disposed;

    /// <summary>The function that is invoked.</summary>
    public FunctionSpec Function => function;

    /// <summary>Signalled when the client is gone.</summary>
    public CancellationToken ClientGone => clientGone;

    /// <summary>Signalled when the client is gone, or when the function's time is over; valid once an instance is entered.</summary>
    public CancellationToken Aborted { get; private set; }

    /// <summary>Takes over a place.</summary>
    public void Hold(RateLimitLease place) => _place = place;

    /// <summary>Takes over a place in an instance, and lets the function's time run.</summary>
    public void Enter(FunctionInstance instance)
    {
        _instance = instance;
        _abort = new CancellationTokenSource(function.MaxDuration, timeProvider);
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
        _instance?.Exit();
        _instance = null;
    }

    /// <summary>
    /// Says why the invocation was aborted. If it took too long, it has the instance looked after, for the function may hang for others
    /// too.
    /// </summary>
    public FunctionFailure ExplainAbort()
    {
        if (_abandoned || clientGone.IsCancellationRequested)
        {
            return new(FunctionFailureReason.ClientGone, $"The client of {function.Name} went away.");
        }

        _ = _instance?.KillIfHungAsync();
        return new(FunctionFailureReason.TimedOut, $"{function.Name} took longer than {function.MaxDuration.TotalSeconds:F0} s.");
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        Leave();
        _place?.Dispose();
        ended();
    }
}
