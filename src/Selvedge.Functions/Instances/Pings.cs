using System.Collections.Concurrent;
using Selvedge.Functions.Processes;

namespace Selvedge.Functions.Instances;

/// <summary>Asks a process how it fares, over its control connection.</summary>
/// <param name="control">The connection.</param>
/// <param name="clock">The clock of how long an answer may take.</param>
internal sealed class Pings(ControlConnection control, TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<double>> _asked = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    /// <summary>Asks once.</summary>
    /// <param name="timeout">
    /// How long it may take, sending included: a process that hangs reads nothing, and a connection that nobody reads takes nothing
    /// once it is full.
    /// </param>
    /// <returns>The utilization that the process answers with; zero if it is gone, <see langword="null"/> if it is silent that long.</returns>
    public async Task<double?> AskAsync(TimeSpan timeout)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        try
        {
            // Sending is not waited for: it neither fails nor says anything that the answer or the end does not.
            _ = control.SendAsync(new ServerMessage("ping", id), ControlJson.Default.ServerMessage);
            await Task.WhenAny(answer.Task, _ended.Task).WaitAsync(timeout, clock);
            return answer.Task.IsCompletedSuccessfully ? await answer.Task : 0;
        }
        catch (TimeoutException)
        {
            return _ended.Task.IsCompleted ? 0 : null;
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    /// <summary>Says that the process is gone: nobody waits for it any longer.</summary>
    public void End() => _ended.TrySetResult();

    /// <summary>Takes what the process has answered; an answer that nobody waits for any more is dropped.</summary>
    public void OnAnswer(HostMessage pong)
    {
        if (_asked.TryGetValue(pong.Id, out var answer))
        {
            answer.TrySetResult(pong.Utilization);
        }
    }
}
