using System.Collections.Concurrent;
using Selvedge.Functions.Output;
using Selvedge.Functions.Processes;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Instances;

/// <summary>
/// One running process of a function: counts the requests in it, learns from its control connection how it fares, and sees to its end.
/// </summary>
/// <remarks>
/// An instance leaves in one of two ways. Retired, it drains: no request enters, the last one to leave lets the process be told, and the
/// process itself knows when its <c>waitUntil</c> work is done. Dead, because the control connection has ended: then nothing enters
/// either, and the requests in it fail by themselves, their connections being gone too. Both ways call <c>left</c> before anything else, so
/// that the pool never hands out an instance that is known to be leaving.
/// </remarks>
internal sealed class FunctionInstance(
    FunctionSpec function,
    InstanceContext context,
    HostProcess process,
    ControlConnection control,
    ConnectionPool connections,
    string token,
    FunctionOutput output,
    Action<FunctionInstance> left
)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _pings = new();
    private readonly TaskCompletionSource _dead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private InstanceState _state = InstanceState.Ready;
    private int _inFlight;
    private long _idleSince;
    private long _lastPing;
    private ITimer? _idleTimer;
    private ITimer? _killTimer;

    /// <summary>The connections to the process.</summary>
    public ConnectionPool Connections => connections;

    /// <summary>Marks the responses that are the host program's own.</summary>
    public string Token => token;

    /// <summary>The process's number, for logs.</summary>
    public int ProcessId => process.Id;

    /// <summary>Completes when the process is gone and nothing of it is left.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Begins to watch the process. Until then <c>left</c> is not called, so the pool can put the instance in its place first.</summary>
    public void Watch()
    {
        _idleSince = context.TimeProvider.GetTimestamp();
        _idleTimer = context.TimeProvider.CreateTimer(
            static state => ((FunctionInstance)state!).OnIdleTimer(),
            this,
            context.Options.IdleTimeout,
            Timeout.InfiniteTimeSpan
        );
        _ = RunAsync();
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

            _inFlight++;
            return true;
        }
    }

    /// <summary>Takes a request out that has entered.</summary>
    public void Exit()
    {
        bool last;
        lock (_gate)
        {
            last = --_inFlight == 0;
            if (last && _state == InstanceState.Ready)
            {
                _idleSince = context.TimeProvider.GetTimestamp();
            }

            last &= _state == InstanceState.Draining;
        }

        if (last)
        {
            TellToDrain();
        }
    }

    /// <summary>Lets no more requests enter, and ends the process when it is done with those it has.</summary>
    public void Retire(RetireReason reason)
    {
        bool empty;
        lock (_gate)
        {
            if (_state != InstanceState.Ready)
            {
                return;
            }

            _state = InstanceState.Draining;
            empty = _inFlight == 0;
        }

        Log.InstanceRetired(context.Logger, function.Name, process.Id, reason);
        left(this);
        // Neither a request nor waitUntil work may take longer than the function's duration.
        KillAfter(function.MaxDuration + context.Options.ShutdownTimeout);
        if (empty)
        {
            TellToDrain();
        }
    }

    /// <summary>Ends the process without asking.</summary>
    public void Kill() => process.Kill();

    /// <summary>Kills the process if it does not answer a ping in time: it computes without end, or hangs otherwise.</summary>
    public async Task KillIfHungAsync()
    {
        if (!await PingAsync())
        {
            Log.InstanceHangs(context.Logger, function.Name, process.Id, context.Options.PingTimeout);
            Kill();
        }
    }

    /// <summary>
    /// Settles, after a connection was lost, whether the process was too. When this returns, an instance whose process is gone is known
    /// to be dead, and the pool has dropped it.
    /// </summary>
    public Task ConfirmAsync() => PingAsync();

    // Answers whether the process has answered, or is gone; not if it hangs.
    private async Task<bool> PingAsync()
    {
        var id = Interlocked.Increment(ref _lastPing);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pings[id] = answer;
        try
        {
            await control.SendAsync(new ServerMessage("ping", id), ControlJson.Default.ServerMessage);
            await Task.WhenAny(answer.Task, _dead.Task).WaitAsync(context.Options.PingTimeout, context.TimeProvider);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            _pings.TryRemove(id, out _);
        }
    }

    private void TellToDrain() => _ = control.SendAsync(ServerMessage.Drain, ControlJson.Default.ServerMessage);

    private async Task RunAsync()
    {
        while (await control.ReceiveAsync() is { } message)
        {
            OnMessage(message);
        }

        // The connection ends with the process. If it ended otherwise, the process cannot be spoken to and is of no use.
        InstanceState before;
        int inFlight;
        lock (_gate)
        {
            (before, inFlight) = (_state, _inFlight);
            _state = InstanceState.Dead;
        }

        left(this);
        _dead.SetResult();
        process.Kill();
        var exitCode = await process.Exited;
        if (before == InstanceState.Ready)
        {
            Log.InstanceDied(context.Logger, function.Name, process.Id, exitCode, inFlight, output.LastWords());
        }
        else
        {
            Log.InstanceEnded(context.Logger, function.Name, process.Id, exitCode);
        }

        Release();
        _ended.SetResult();
    }

    private void OnMessage(HostMessage message)
    {
        switch (message.Type)
        {
            case "pong" when _pings.TryGetValue(message.Id, out var answer):
                answer.TrySetResult();
                break;
            case "fault":
                Log.InstanceFault(context.Logger, function.Name, process.Id, message.Detail ?? "");
                Retire(RetireReason.Fault);
                break;
            case "drained":
                KillAfter(context.Options.ShutdownTimeout);
                break;
        }
    }

    private void OnIdleTimer()
    {
        TimeSpan remaining;
        lock (_gate)
        {
            if (_state != InstanceState.Ready)
            {
                return;
            }

            var idle = _inFlight > 0 ? TimeSpan.Zero : context.TimeProvider.GetElapsedTime(_idleSince);
            remaining = context.Options.IdleTimeout - idle;
            if (remaining > TimeSpan.Zero)
            {
                _idleTimer!.Change(remaining, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Retire(RetireReason.Idle);
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
        Log.InstanceOverstays(context.Logger, function.Name, process.Id);
        Kill();
    }

    private void Release()
    {
        lock (_gate)
        {
            _idleTimer?.Dispose();
            _killTimer?.Dispose();
        }

        connections.Dispose();
        // A process that was killed leaves it.
        InstanceSockets.DeleteDirectoryOf(connections.SocketPath);
        control.Dispose();
        process.Dispose();
    }
}
