namespace Selvedge.Functions.Instances;

/// <content>When instances start, and when they end.</content>
internal sealed partial class FunctionPool
{
    private static readonly Entry ShuttingDown = Entry.Refused(FunctionFailureReason.Unavailable, "The server shuts down.");

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<FunctionInstance> _instances = [];
    private readonly List<FunctionInstance> _ready = [];
    private readonly HashSet<Task> _starts = [];
    private readonly RestartBackoff _backoff = new();
    private readonly InstanceLauncher _launcher;
    private ITimer? _startTimer;
    private string? _startFault;

    /// <summary>The places that the function holds.</summary>
    public BudgetShare Share { get; } = new();

    /// <summary>How many instances take requests.</summary>
    public int ReadyCount
    {
        get
        {
            lock (_gate)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>The instance that has been idle longest, and since when.</summary>
    public (FunctionInstance Instance, long Since)? LongestIdle()
    {
        lock (_gate)
        {
            (FunctionInstance, long)? longest = null;
            foreach (var instance in _ready)
            {
                if (instance.IdleSince() is { } since && (longest is not { } other || since < other.Item2))
                {
                    longest = (instance, since);
                }
            }

            return longest;
        }
    }

    /// <summary>The instance with the fewest requests, of those that take any.</summary>
    public FunctionInstance? LeastBusy()
    {
        lock (_gate)
        {
            return _ready.MinBy(instance => instance.InFlight);
        }
    }

    /// <summary>Called by an instance that takes no more requests.</summary>
    public void OnLeft(FunctionInstance instance, EndReason reason)
    {
        lock (_gate)
        {
            _ready.Remove(instance);
            if (reason is EndReason.Fault or EndReason.Memory or EndReason.Hung or EndReason.Crashed)
            {
                _backoff.Failed(Now);
            }

            StartForWaiting_NeedsLock();
        }
    }

    /// <summary>Called when an instance has told how it fares.</summary>
    public void OnLoad()
    {
        lock (_gate)
        {
            var (busy, stuck, inFlight) = (0, 0, 0);
            foreach (var instance in _ready)
            {
                var load = instance.Load;
                busy += load.IsBusy ? 1 : 0;
                stuck += load.IsStuck ? 1 : 0;
                inFlight += instance.InFlight;
            }

            var most = _context.Options.MaxInstancesPerFunction;
            if (
                ScalingPolicy.WantsRelief(_ready.Count, busy, stuck, inFlight, _starts.Count, most, Environment.ProcessorCount)
                && _backoff.Remaining(Now) <= TimeSpan.Zero
            )
            {
                Start_NeedsLock();
            }
        }
    }

    /// <summary>Ends an instance that has been idle long enough, unless it is one of those that stay.</summary>
    public bool TryRetireIdle(FunctionInstance instance) =>
        ReadyCount > _context.Options.MinInstances && instance.Retire(EndReason.Idle, onlyIfIdle: true);

    /// <summary>Admits no more requests, waits for those admitted and for their <c>waitUntil</c> work, and ends every instance.</summary>
    /// <param name="cancellationToken">Ends the wait: what still runs is killed.</param>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var empty = _requests.CloseAsync();
        await empty.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // From here on no start begins, and those that are under way give up or are through: then all instances are known.
        await _stop.CancelAsync();
        Task[] starts;
        lock (_gate)
        {
            _startTimer?.Dispose();
            starts = [.. _starts];
            // There are such only if the wait was given up.
            while (_line.Count > 0)
            {
                Answer(_line.TakeFirst(), ShuttingDown);
            }
        }

        await Task.WhenAll(starts);
        FunctionInstance[] instances;
        lock (_gate)
        {
            instances = [.. _instances];
        }

        Array.ForEach(instances, instance => instance.Retire(EndReason.Shutdown));
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

    private void StartForWaiting_NeedsLock()
    {
        var most = _context.Options.MaxInstancesPerFunction;
        var starts = ScalingPolicy.StartsForWaiting(_line.Count, _ready.Count, _starts.Count, _concurrency, most);
        if (starts == 0 || _stop.IsCancellationRequested)
        {
            return;
        }

        if (_backoff.Remaining(Now) is { Ticks: > 0 } pause)
        {
            _startTimer ??= _context.TimeProvider.CreateTimer(
                static state => ((FunctionPool)state!).OnStartTimer(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
            _startTimer.Change(pause, Timeout.InfiniteTimeSpan);
            return;
        }

        for (var i = 0; i < starts; i++)
        {
            Start_NeedsLock();
        }
    }

    private void OnStartTimer()
    {
        lock (_gate)
        {
            StartForWaiting_NeedsLock();
        }
    }

    // The start is everybody's, so no client that goes away ends it.
    private void Start_NeedsLock()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _starts.Add(started.Task);
        _ = Task.Run(() => StartAsync(started), CancellationToken.None);
    }

    /// <summary>Starts one instance.</summary>
    /// <remarks>
    /// <list type="number">
    /// <item>Take a place among all processes: a blank's, or a free one, or one that another function gives up.</item>
    /// <item>Launch, if the instance is still wanted by then.</item>
    /// <item>Let those in who wait, or tell them why not.</item>
    /// </list>
    /// </remarks>
    private async Task StartAsync(TaskCompletionSource started)
    {
        // 1. Take a place.
        var blank = _stop.IsCancellationRequested ? null : _context.Blanks.TryTake(Function, Share);
        if (blank is null && !await TryTakePlaceAsync())
        {
            Settle(started);
            return;
        }

        // 2. Launch.
        _context.Metrics.Starting(+1);
        var startedAt = _context.TimeProvider.GetTimestamp();
        var start = await _launcher.LaunchAsync(blank, _stop.Token);
        var elapsed = _context.TimeProvider.GetElapsedTime(startedAt);
        _context.Metrics.Starting(-1);
        _context.Metrics.Started(elapsed, blank is not null, start.Succeeded);

        // 3. Tell those who wait.
        if (start.Succeeded)
        {
            Log.InstanceReady(_context.Logger, Function.Name, start.Instance.ProcessId, elapsed.TotalMilliseconds);
            _context.Metrics.Ready(+1);
            Add(started, start.Instance);
        }
        else
        {
            Log.InstanceStartFailed(_context.Logger, Function.Name, start.Fault);
            Fail(started, start.Fault);
            _context.Budget.Release(Share);
        }

        // Not before, or it would compete with the start that requests wait for.
        _context.Blanks.Refill();
    }

    private async Task<bool> TryTakePlaceAsync()
    {
        try
        {
            await _context.Budget.TakeAsync(Share, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        // The wait may have been long: those who wanted the instance may have been served, or have left.
        lock (_gate)
        {
            if (!_stop.IsCancellationRequested && (_line.Count > 0 || _ready.Count > 0))
            {
                return true;
            }
        }

        _context.Budget.Release(Share);
        return false;
    }

    private void Add(TaskCompletionSource started, FunctionInstance instance)
    {
        lock (_gate)
        {
            _backoff.Ready(Now);
            _startFault = null;
            _instances.Add(instance);
            _ready.Add(instance);
        }

        instance.Watch();
        _ = ForgetAsync(instance);
        lock (_gate)
        {
            Settle_NeedsLock(started);
            LetIn_NeedsLock();
        }
    }

    private void Fail(TaskCompletionSource started, string fault)
    {
        lock (_gate)
        {
            _backoff.Failed(Now);
            _startFault = fault;
            Settle_NeedsLock(started);
            if (_ready.Count + _starts.Count > 0)
            {
                return;
            }

            while (_line.Count > 0)
            {
                Answer(_line.TakeFirst(), NotStarted(fault));
            }
        }
    }

    private void Settle(TaskCompletionSource started)
    {
        lock (_gate)
        {
            Settle_NeedsLock(started);
            // Somebody may have come between the last look at the line and this one.
            StartForWaiting_NeedsLock();
        }
    }

    private void Settle_NeedsLock(TaskCompletionSource started)
    {
        _starts.Remove(started.Task);
        started.SetResult();
    }

    private async Task ForgetAsync(FunctionInstance instance)
    {
        await instance.Ended;
        lock (_gate)
        {
            _instances.Remove(instance);
        }

        _context.Budget.Release(Share);
        _context.Blanks.Refill();
    }
}
