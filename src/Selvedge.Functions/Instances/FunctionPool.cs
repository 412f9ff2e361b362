using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Selvedge.Functions.Invocations;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Instances;

/// <summary>
/// The instances of one function, of which one takes requests and others may be leaving. It starts the one when a request needs it.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "Neither holds more than memory, and a request may still be using them when the pool is let go."
)]
internal sealed class FunctionPool
{
    /// <summary>How often a request may find that its instance died before anything was sent.</summary>
    private const int MaxAttempts = 3;

    private readonly Lock _gate = new();
    private readonly DrainGate _requests = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<FunctionInstance> _instances = [];
    private readonly RestartBackoff _backoff = new();
    private readonly FunctionSpec _function;
    private readonly InstanceContext _context;
    private readonly InstanceLauncher _launcher;
    private readonly ConcurrencyLimiter _limiter;
    private readonly long _createdAt;

    private FunctionInstance? _ready;
    private Task<InstanceStart>? _starting;
    private string _lastFault = "";

    /// <summary>Makes a pool without instances.</summary>
    /// <param name="function">The function.</param>
    /// <param name="context">What instances share.</param>
    public FunctionPool(FunctionSpec function, InstanceContext context)
    {
        _function = function;
        _context = context;
        _launcher = new InstanceLauncher(function, context);
        _createdAt = context.TimeProvider.GetTimestamp();
        _limiter = new ConcurrencyLimiter(
            new()
            {
                PermitLimit = Math.Max(1, function.MaxConcurrency ?? context.Options.MaxConcurrency),
                QueueLimit = context.Options.MaxQueuedRequests,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
    }

    private TimeSpan Now => _context.TimeProvider.GetElapsedTime(_createdAt);

    /// <summary>Admits a request, unless the pool is draining. A request that is admitted must <see cref="Leave"/>, once.</summary>
    public bool TryAdmit() => _requests.TryEnter();

    /// <summary>Lets a request go that was admitted.</summary>
    public void Leave() => _requests.Exit();

    /// <summary>Runs the invocation of a request that was admitted, up to its response.</summary>
    /// <remarks>
    /// <list type="number">
    /// <item>Take a place, or wait for one in order of arrival.</item>
    /// <item>Enter the instance that takes requests; if there is none, wait for the start that all who wait share.</item>
    /// <item>Exchange request and response. If nothing could be sent, because the instance died meanwhile, go back to 2.</item>
    /// </list>
    /// </remarks>
    public async ValueTask<FunctionOutcome> InvokeAsync(Invocation invocation, OutgoingRequest request)
    {
        // 1. Take a place.
        var place = await _limiter.AcquireAsync(permitCount: 1, invocation.ClientGone);
        invocation.Hold(place);
        if (!place.IsAcquired)
        {
            return FunctionOutcome.FromFailure(
                FunctionFailureReason.Unavailable,
                $"{_context.Options.MaxQueuedRequests} requests wait for {_function.Name} already."
            );
        }

        for (var attempt = 1; ; attempt++)
        {
            // 2. Enter an instance.
            var start = await EnterAsync(invocation.ClientGone);
            if (!start.Succeeded)
            {
                return FunctionOutcome.FromFailure(
                    FunctionFailureReason.StartFailed,
                    $"{_function.Name} does not start: {start.Fault}"
                );
            }

            // 3. Exchange.
            invocation.Enter(start.Instance);
            var outcome = await Exchange.RunAsync(invocation, start.Instance, request, _context.Options.MaxHeaderBytes);
            if (outcome is not null)
            {
                return outcome;
            }

            invocation.Leave();
            if (attempt == MaxAttempts)
            {
                return FunctionOutcome.FromFailure(
                    FunctionFailureReason.Unavailable,
                    $"{_function.Name} could not be reached in {MaxAttempts} attempts."
                );
            }
        }
    }

    /// <summary>Admits no more requests, waits for those admitted and for their <c>waitUntil</c> work, and ends every instance.</summary>
    /// <param name="cancellationToken">Ends the wait: what still runs is killed.</param>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var empty = _requests.CloseAsync();
        await empty.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // From here on no start begins, and one that is under way gives up or is through: then all instances are known.
        await _stop.CancelAsync();
        Task starting;
        lock (_gate)
        {
            starting = _starting ?? Task.CompletedTask;
        }

        await starting;
        FunctionInstance[] instances;
        lock (_gate)
        {
            instances = [.. _instances];
        }

        Array.ForEach(instances, instance => instance.Retire(RetireReason.Shutdown));
        var ended = Task.WhenAll(instances.Select(instance => instance.Ended));
        try
        {
            await ended.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Array.ForEach(instances, instance => instance.Kill());
            await ended;
        }
    }

    private async Task<InstanceStart> EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<InstanceStart> starting;
            lock (_gate)
            {
                if (_ready is { } ready && ready.TryEnter())
                {
                    return new(ready, Fault: null);
                }

                if (_starting is null && _backoff.Remaining(Now) is { Ticks: > 0 } pause)
                {
                    return new(Instance: null, $"{_lastFault} The next attempt is made in {pause.TotalSeconds:F1} s.");
                }

                // The start is everybody's, so no client that goes away ends it.
                starting = _starting ??= Task.Run(StartAsync, CancellationToken.None);
            }

            var start = await starting.WaitAsync(cancellationToken);
            if (!start.Succeeded)
            {
                return start;
            }
        }
    }

    private async Task<InstanceStart> StartAsync()
    {
        var startedAt = _context.TimeProvider.GetTimestamp();
        var start = _stop.IsCancellationRequested
            ? new(Instance: null, "the server shuts down.")
            : await _launcher.LaunchAsync(OnLeft, _stop.Token);
        lock (_gate)
        {
            _starting = null;
            if (start.Succeeded)
            {
                _backoff.Succeeded();
                _ready = start.Instance;
                _instances.Add(start.Instance);
            }
            else
            {
                _backoff.Failed(Now);
                _lastFault = start.Fault;
            }
        }

        if (start.Succeeded)
        {
            var elapsed = _context.TimeProvider.GetElapsedTime(startedAt).TotalMilliseconds;
            Log.InstanceReady(_context.Logger, _function.Name, start.Instance.ProcessId, elapsed);
            start.Instance.Watch();
            _ = ForgetAsync(start.Instance);
        }
        else
        {
            Log.InstanceStartFailed(_context.Logger, _function.Name, start.Fault);
        }

        return start;
    }

    private void OnLeft(FunctionInstance instance)
    {
        lock (_gate)
        {
            if (_ready == instance)
            {
                _ready = null;
            }
        }
    }

    private async Task ForgetAsync(FunctionInstance instance)
    {
        await instance.Ended;
        lock (_gate)
        {
            _instances.Remove(instance);
        }
    }
}
