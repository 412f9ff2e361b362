using System.Diagnostics;
using Selvedge.Functions.Processes;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Instances;

/// <summary>
/// One running process of a function: counts the requests in it, learns from its control connection how it fares, and sees to its end.
/// </summary>
/// <remarks>
/// An instance leaves in one of two ways. Retired, it drains: no request enters, the last one to leave lets the process be told, and the
/// process itself knows when its <c>waitUntil</c> work is done. Dead, because the control connection has ended: then nothing enters
/// either, and the requests in it fail by themselves, their connections being gone too. Both ways tell the pool before anything else, so
/// that it never hands out an instance that is known to be leaving.
/// </remarks>
internal sealed class FunctionInstance(
    FunctionPool pool,
    InstanceContext context,
    BlankHost host,
    ConnectionPool connections,
    string token
)
{
    private readonly Lock _gate = new();
    private readonly Pings _pings = new(host.Control, context.TimeProvider);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _readyAt = context.TimeProvider.GetTimestamp();

    private InstanceState _state = InstanceState.Ready;
    private EndReason? _reason;
    private long _idleSince;
    private bool _isPulsing;
    private bool _isKilled;
    private InstanceLoad _load;
    private ITimer? _idleTimer;
    private ITimer? _killTimer;

    /// <summary>The connections to the process.</summary>
    public ConnectionPool Connections => connections;

    /// <summary>Marks the responses that are the host program's own.</summary>
    public string Token => token;

    /// <summary>The process's number, for logs.</summary>
    public int ProcessId => host.Process.Id;

    /// <summary>The requests in it.</summary>
    public int InFlight { get; private set; }

    /// <summary>How it fared when it was last asked.</summary>
    public InstanceLoad Load
    {
        get
        {
            lock (_gate)
            {
                return _load;
            }
        }
    }

    /// <summary>How long it has been ready, or was until now.</summary>
    public TimeSpan Age => context.TimeProvider.GetElapsedTime(_readyAt);

    /// <summary>Completes when the process is gone and nothing of it is left.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Begins to watch the process. Until then the pool is not called, so it can put the instance in its place first.</summary>
    public void Watch()
    {
        _idleSince = context.TimeProvider.GetTimestamp();
        _idleTimer = context.TimeProvider.CreateTimer(
            static state => ((FunctionInstance)state!).OnIdleTimer(),
            this,
            context.Options.IdleTimeout,
            Timeout.InfiniteTimeSpan
        );
        context.Monitor.Add(this);
        _ = RunAsync();
        _ = EndWithConnectionsAsync();
    }

    /// <summary>Enters a request, unless the instance is leaving. Whoever enters must <see cref="Exit"/>, once.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_state != InstanceState.Ready)
            {
                return false;
            }

            InFlight++;
            return true;
        }
    }

    /// <summary>Takes a request out that has entered.</summary>
    /// <returns>Whether the process is to be told to drain now: it was the last one in an instance that is leaving.</returns>
    public bool Exit()
    {
        lock (_gate)
        {
            Debug.Assert(InFlight > 0, "Whoever leaves has entered.");
            if (--InFlight > 0)
            {
                return false;
            }

            if (_state == InstanceState.Ready)
            {
                _idleSince = context.TimeProvider.GetTimestamp();
                _load = default;
            }

            return _state == InstanceState.Draining;
        }
    }

    /// <summary>Since when it has been idle, or <see langword="null"/> if it has requests or is leaving.</summary>
    public long? IdleSince()
    {
        lock (_gate)
        {
            return _state == InstanceState.Ready && InFlight == 0 ? _idleSince : null;
        }
    }

    /// <summary>Lets no more requests enter, and ends the process when it is done with those it has.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="onlyIfIdle">Leaves it alone if a request has come meanwhile.</param>
    /// <returns>Whether it is leaving by this.</returns>
    public bool Retire(EndReason reason, bool onlyIfIdle = false)
    {
        bool empty;
        lock (_gate)
        {
            if (_state != InstanceState.Ready || (onlyIfIdle && InFlight > 0))
            {
                return false;
            }

            _state = InstanceState.Draining;
            _reason = reason;
            empty = InFlight == 0;
        }

        Log.InstanceRetired(context.Logger, pool.Function.Name, ProcessId, reason);
        context.Metrics.Ready(-1);
        context.Metrics.Draining(+1);
        pool.OnLeft(this, reason);
        // Neither a request nor waitUntil work may take longer than the function's duration.
        KillAfter(pool.Function.MaxDuration + context.Options.ShutdownTimeout);
        if (empty)
        {
            TellToDrain();
        }

        return true;
    }

    /// <summary>Tells the process to leave when its <c>waitUntil</c> work is done.</summary>
    public void TellToDrain() => _ = host.Control.SendAsync(ServerMessage.Drain, ControlJson.Default.ServerMessage);

    /// <summary>Ends the process without asking.</summary>
    public void Kill() => host.Process.Kill();

    /// <summary>Kills the process if it does not answer a ping in time: it computes without end, or hangs otherwise.</summary>
    public async Task KillIfHungAsync()
    {
        if (await _pings.AskAsync(context.Options.PingTimeout) is null)
        {
            Log.InstanceHangs(context.Logger, pool.Function.Name, ProcessId, context.Options.PingTimeout);
            Kill(EndReason.Hung);
        }
    }

    /// <summary>
    /// Settles, after a connection was lost, whether the process was too. When this returns, an instance whose process is gone is known
    /// to be dead, and the pool has dropped it.
    /// </summary>
    public Task ConfirmAsync() => _pings.AskAsync(context.Options.PingTimeout);

    /// <summary>Asks a process that has requests how it fares, and tells the pool; called once a second.</summary>
    public void Pulse()
    {
        lock (_gate)
        {
            if (_state != InstanceState.Ready || InFlight == 0)
            {
                return;
            }

            if (_isPulsing)
            {
                _load = _load with { IsStuck = true };
            }
        }

        if (Load.IsStuck)
        {
            pool.OnLoad();
        }
        else
        {
            _ = PulseAsync();
        }
    }

    /// <summary>Looks at the memory that the process holds, and ends it if that is too much.</summary>
    /// <returns>The bytes that are resident.</returns>
    public long CheckMemory()
    {
        var bytes = ResidentMemory.Of(ProcessId);
        var limit = pool.ResidentLimit;
        var verdict = ResidentLimits.Judge(bytes, limit);
        if (verdict != MemoryVerdict.Fine && Retire(EndReason.Memory))
        {
            Log.InstanceGrows(context.Logger, pool.Function.Name, ProcessId, bytes >> 20, limit >> 20);
        }

        if (verdict == MemoryVerdict.Kill && TryMarkKilled())
        {
            Log.InstanceOutgrows(context.Logger, pool.Function.Name, ProcessId, bytes >> 20, limit >> 20);
            Kill(EndReason.Memory);
        }

        return bytes;
    }

    private async Task PulseAsync()
    {
        _isPulsing = true;
        var sentAt = context.TimeProvider.GetTimestamp();
        var utilization = await _pings.AskAsync(Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            _isPulsing = false;
            _load = utilization is { } share ? new(share, context.TimeProvider.GetElapsedTime(sentAt), IsStuck: false) : default;
        }

        pool.OnLoad();
    }

    private async Task RunAsync()
    {
        while (await host.Control.ReceiveAsync() is { } message)
        {
            OnMessage(message);
        }

        // The connection ends with the process. If it ended otherwise, the process cannot be spoken to and is of no use.
        InstanceState before;
        EndReason reason;
        int inFlight;
        lock (_gate)
        {
            (before, inFlight) = (_state, InFlight);
            reason = _reason ??= EndReason.Crashed;
            _state = InstanceState.Dead;
        }

        if (before == InstanceState.Ready)
        {
            context.Metrics.Ready(-1);
            context.Metrics.Draining(+1);
            pool.OnLeft(this, reason);
        }

        _pings.End();
        Kill();
        var exitCode = await host.Process.Exited;
        if (before == InstanceState.Ready)
        {
            Log.InstanceDied(context.Logger, pool.Function.Name, ProcessId, exitCode, inFlight, host.Output.LastWords());
        }
        else
        {
            Log.InstanceEnded(context.Logger, pool.Function.Name, ProcessId, exitCode);
        }

        Release();
        context.Metrics.Draining(-1);
        context.Metrics.Ended(reason);
        _ended.SetResult();
    }

    // Requests have no other way to the process.
    private async Task EndWithConnectionsAsync()
    {
        await connections.Ended;
        Kill();
    }

    private void OnMessage(HostMessage message)
    {
        switch (message.Type)
        {
            case "pong":
                _pings.OnAnswer(message);
                break;
            case "fault":
                Log.InstanceFault(context.Logger, pool.Function.Name, ProcessId, message.Detail ?? "");
                Retire(EndReason.Fault);
                break;
            case "drained":
                KillAfter(context.Options.ShutdownTimeout);
                break;
        }
    }

    private void OnIdleTimer()
    {
        lock (_gate)
        {
            if (_state != InstanceState.Ready)
            {
                return;
            }

            var idle = InFlight > 0 ? TimeSpan.Zero : context.TimeProvider.GetElapsedTime(_idleSince);
            var remaining = context.Options.IdleTimeout - idle;
            if (remaining > TimeSpan.Zero)
            {
                _idleTimer!.Change(remaining, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        if (!pool.TryRetireIdle(this))
        {
            // It is one of those that stay, or a request has come.
            lock (_gate)
            {
                _idleTimer!.Change(context.Options.IdleTimeout, Timeout.InfiniteTimeSpan);
            }
        }
    }

    // The reason of the first who kills counts.
    private void Kill(EndReason reason)
    {
        lock (_gate)
        {
            _reason ??= reason;
        }

        Kill();
    }

    private bool TryMarkKilled()
    {
        lock (_gate)
        {
            var first = !_isKilled && _state != InstanceState.Dead;
            _isKilled = true;
            return first;
        }
    }

    private void KillAfter(TimeSpan time)
    {
        lock (_gate)
        {
            if (_state == InstanceState.Dead)
            {
                return;
            }

            _killTimer ??= context.TimeProvider.CreateTimer(
                static state => ((FunctionInstance)state!).OnKillTimer(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
            _killTimer.Change(time, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnKillTimer()
    {
        Log.InstanceOverstays(context.Logger, pool.Function.Name, ProcessId);
        Kill();
    }

    private void Release()
    {
        lock (_gate)
        {
            _idleTimer?.Dispose();
            _killTimer?.Dispose();
        }

        context.Monitor.Remove(this);
        connections.Dispose();
        host.Dispose();
    }
}
