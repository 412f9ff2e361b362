using System.Diagnostics.CodeAnalysis;
using Selvedge.Functions.Invocations;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Instances;

/// <summary>
/// The instances of one function, and the requests that wait for a place in them. It starts instances as requests need them, and gives
/// each request to the one that has least to do.
/// </summary>
/// <remarks>
/// The parts of it: here, the life of a request; in <c>FunctionPool.Scaling.cs</c>, when instances start and end.
/// <para>Whoever waits, waits because no instance that is ready has room: every place that comes free goes to the first in the line.</para>
/// </remarks>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "None holds more than memory, and a request may still be using them when the pool is let go."
)]
internal sealed partial class FunctionPool
{
    /// <summary>How often a request may find that its instance died before anything was sent.</summary>
    private const int MaxAttempts = 3;

    private readonly Lock _gate = new();
    private readonly DrainGate _requests = new();
    private readonly WaitingLine _line = new();
    private readonly InstanceContext _context;
    private readonly int _concurrency;
    private readonly long _createdAt;
    private ITimer? _lineTimer;

    /// <summary>Makes a pool without instances.</summary>
    /// <param name="function">The function.</param>
    /// <param name="context">What instances share.</param>
    public FunctionPool(FunctionSpec function, InstanceContext context)
    {
        Function = function;
        _context = context;
        _launcher = new InstanceLauncher(this, context);
        _createdAt = context.TimeProvider.GetTimestamp();
        _concurrency = Math.Max(1, function.MaxConcurrency ?? context.Options.MaxConcurrencyPerInstance);
        Deadlines = new Deadlines(function.MaxDuration, context.TimeProvider);
        ResidentLimit = ResidentLimits.Of(function, context.Options);
    }

    /// <summary>The function.</summary>
    public FunctionSpec Function { get; }

    /// <summary>Ends what takes too long.</summary>
    public Deadlines Deadlines { get; }

    /// <summary>How many bytes an instance may hold in memory.</summary>
    public long ResidentLimit { get; }

    private TimeSpan Now => _context.TimeProvider.GetElapsedTime(_createdAt);

    /// <summary>Admits a request, unless the pool is draining. A request that is admitted must <see cref="Leave"/>, once.</summary>
    public bool TryAdmit() => _requests.TryEnter();

    /// <summary>Lets a request go that was admitted.</summary>
    public void Leave() => _requests.Exit();

    /// <summary>Runs the invocation of a request that was admitted, up to its response.</summary>
    /// <remarks>
    /// <list type="number">
    /// <item>Enter the instance that has least to do, or wait for a place in order of arrival.</item>
    /// <item>Exchange request and response. If nothing could be sent, because the instance died meanwhile, go back to 1.</item>
    /// </list>
    /// </remarks>
    public async ValueTask<FunctionOutcome> InvokeAsync(Invocation invocation, OutgoingRequest request)
    {
        for (var attempt = 1; ; attempt++)
        {
            // 1. Enter an instance.
            var entry = await EnterAsync(invocation.ClientGone);
            if (!entry.Succeeded)
            {
                return FunctionOutcome.FromFailure(entry.Failure);
            }

            // 2. Exchange.
            invocation.Enter(entry.Instance);
            var outcome = await Exchange.RunAsync(invocation, entry.Instance, request, _context.Options.MaxHeaderBytes);
            if (outcome is not null)
            {
                return outcome;
            }

            invocation.Leave();
            if (attempt == MaxAttempts)
            {
                return FunctionOutcome.FromFailure(
                    FunctionFailureReason.Unavailable,
                    $"{Function.Name} could not be reached in {MaxAttempts} attempts."
                );
            }
        }
    }

    /// <summary>Takes a request out of its instance, and lets the next one in.</summary>
    public void Exit(FunctionInstance instance)
    {
        bool tellToDrain;
        lock (_gate)
        {
            tellToDrain = instance.Exit();
            LetIn_NeedsLock();
        }

        _context.Metrics.Left();
        if (tellToDrain)
        {
            instance.TellToDrain();
        }

        // Another function may be waiting for this one to be idle.
        if (_context.Budget.IsShort && instance.InFlight == 0)
        {
            _context.Budget.Reclaim();
        }
    }

    private ValueTask<Entry> EnterAsync(CancellationToken clientGone)
    {
        Waiter waiter;
        lock (_gate)
        {
            if (_line.Count == 0 && TryEnter_NeedsLock() is { } instance)
            {
                return new(Entry.In(instance));
            }

            if (Refuse_NeedsLock() is { } refusal)
            {
                return new(refusal);
            }

            waiter = _line.Add(Now);
            if (_line.Count == 1)
            {
                ArmLine_NeedsLock();
            }

            StartForWaiting_NeedsLock();
        }

        _context.Metrics.Waiting();
        return new(WaitAsync(waiter, clientGone));
    }

    private async Task<Entry> WaitAsync(Waiter waiter, CancellationToken clientGone)
    {
        await using var registration = clientGone.UnsafeRegister(
            static (state, token) =>
            {
                var (pool, waiter) = ((FunctionPool, Waiter))state!;
                pool.GiveUp(waiter, token);
            },
            (this, waiter)
        );
        return await waiter.Task;
    }

    // A waiter that is not in the line any more has been let in, and leaves as whoever has entered does.
    private void GiveUp(Waiter waiter, CancellationToken clientGone)
    {
        lock (_gate)
        {
            if (!_line.TryRemove(waiter))
            {
                return;
            }
        }

        _context.Metrics.Waited(Now - waiter.Since, entered: false);
        waiter.TrySetCanceled(clientGone);
    }

    private Entry? Refuse_NeedsLock()
    {
        if (_stop.IsCancellationRequested)
        {
            return ShuttingDown;
        }

        if (_line.Count >= _context.Options.MaxQueuedRequests)
        {
            return Entry.Refused(
                FunctionFailureReason.Unavailable,
                $"{_context.Options.MaxQueuedRequests} requests wait for {Function.Name} already."
            );
        }

        // One that does not load will not load for whoever waits either. One that crashed may well run again.
        if (_startFault is { } fault && _ready.Count + _starts.Count == 0 && _backoff.Remaining(Now) is { Ticks: > 0 } pause)
        {
            return NotStarted($"{fault} The next attempt is made in {pause.TotalSeconds:F1} s.");
        }

        return null;
    }

    private Entry NotStarted(string fault) =>
        Entry.Refused(FunctionFailureReason.StartFailed, $"{Function.Name} does not start: {fault}");

    // The one with the fewest requests that is not stuck; between equals the one that is longest in use, so that the others can go.
    private FunctionInstance? TryEnter_NeedsLock()
    {
        FunctionInstance? best = null;
        var least = int.MaxValue;
        foreach (var instance in _ready)
        {
            var load = instance.InFlight;
            if (load >= _concurrency)
            {
                continue;
            }

            if (_ready.Count > 1 && instance.Load.IsStuck)
            {
                load += int.MaxValue / 2;
            }

            if (load < least)
            {
                (best, least) = (instance, load);
            }
        }

        if (best?.TryEnter() != true)
        {
            return null;
        }

        _context.Metrics.Entered();
        return best;
    }

    private void LetIn_NeedsLock()
    {
        while (_line.Count > 0 && TryEnter_NeedsLock() is { } instance)
        {
            Answer(_line.TakeFirst(), Entry.In(instance));
        }
    }

    private void Answer(Waiter waiter, Entry entry)
    {
        _context.Metrics.Waited(Now - waiter.Since, entry.Succeeded);
        waiter.TrySetResult(entry);
    }

    private void ArmLine_NeedsLock()
    {
        if (_context.Options.QueueTimeout == Timeout.InfiniteTimeSpan || _line.FirstSince is not { } since)
        {
            return;
        }

        _lineTimer ??= _context.TimeProvider.CreateTimer(
            static state => ((FunctionPool)state!).OnLineTimer(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        var left = since + _context.Options.QueueTimeout - Now;
        _lineTimer.Change(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private void OnLineTimer()
    {
        lock (_gate)
        {
            while (_line.FirstSince is { } since && Now - since >= _context.Options.QueueTimeout)
            {
                Answer(
                    _line.TakeFirst(),
                    Entry.Refused(
                        FunctionFailureReason.Unavailable,
                        $"No instance of {Function.Name} had room within {_context.Options.QueueTimeout.TotalSeconds:F0} s."
                    )
                );
            }

            ArmLine_NeedsLock();
        }
    }
}
