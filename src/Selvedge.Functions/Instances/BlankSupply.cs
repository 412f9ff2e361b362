using System.Diagnostics.CodeAnalysis;

namespace Selvedge.Functions.Instances;

/// <summary>
/// Host processes that are started already and are no function yet, so that a first request does not wait for Node.js. Those that are
/// taken are replaced in the background.
/// </summary>
/// <remarks>
/// Blanks are kept of the kinds that were asked for last (<see cref="BlankKind"/>): what of a function must be known when its process
/// starts decides whether a blank can be it. They hold places of the budget, and are the first to be given up.
/// </remarks>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "The source has no timer, and a start may still be looking at its token."
)]
internal sealed class BlankSupply(InstanceContext context)
{
    /// <summary>An application has functions of the edge and of Node.js, and they rarely differ in more.</summary>
    private const int MaxKinds = 2;

    private readonly Lock _gate = new();
    private readonly BudgetShare _share = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<BlankKind> _kinds = [];
    private readonly List<(BlankKind Kind, BlankHost Host)> _blanks = [];
    private readonly HashSet<Task> _starts = [];
    private readonly List<BlankKind> _starting = [];
    private bool _isBroken;

    private int Wanted => context.Options.WarmBlanks;

    /// <summary>Keeps blanks for functions that are going to be asked for.</summary>
    public void Expect(IEnumerable<FunctionSpec> functions)
    {
        lock (_gate)
        {
            foreach (var function in functions)
            {
                if (BlankKind.Of(function, context.Options) is { } kind && _kinds.Count < MaxKinds && !_kinds.Contains(kind))
                {
                    _kinds.Add(kind);
                }
            }
        }

        Refill();
    }

    /// <summary>Takes a blank for a function, with its place.</summary>
    /// <returns>The blank; <see langword="null"/> if there is none that can be the function.</returns>
    public BlankHost? TryTake(FunctionSpec function, BudgetShare share)
    {
        if (Wanted == 0 || BlankKind.Of(function, context.Options) is not { } kind)
        {
            return null;
        }

        lock (_gate)
        {
            // The kind that was asked for last comes first, and the last one goes.
            _kinds.Remove(kind);
            _kinds.Insert(0, kind);
            if (_kinds.Count > MaxKinds)
            {
                _kinds.RemoveAt(MaxKinds);
            }

            _isBroken = false;
            var index = _blanks.FindIndex(blank => blank.Kind == kind);
            if (index < 0)
            {
                return null;
            }

            var host = _blanks[index].Host;
            _blanks.RemoveAt(index);
            context.Metrics.Blanks(-1);
            context.Budget.Transfer(_share, share);
            return host;
        }
    }

    /// <summary>Starts what is missing, in the background, and as far as there is room.</summary>
    public void Refill()
    {
        lock (_gate)
        {
            if (_isBroken || _stop.IsCancellationRequested)
            {
                return;
            }

            foreach (var kind in _kinds)
            {
                var there = _blanks.Count(blank => blank.Kind == kind) + _starting.Count(other => other == kind);
                for (; there < Wanted && context.Budget.TryTake(_share); there++)
                {
                    Start_NeedsLock(kind);
                }
            }
        }
    }

    /// <summary>Gives a blank up, for a function that needs its place.</summary>
    /// <returns>The place; <see langword="null"/> if there is no blank.</returns>
    public FreedPlace? GiveUp()
    {
        lock (_gate)
        {
            return _blanks.Count > 0 ? new FreedPlace(EndAsync(Remove_NeedsLock(_blanks.Count - 1))) : null;
        }
    }

    /// <summary>Ends all blanks, and starts no more.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        Task[] starts;
        lock (_gate)
        {
            starts = [.. _starts];
        }

        await Task.WhenAll(starts);
        var ends = new List<Task>();
        while (GiveUp() is { } end)
        {
            ends.Add(end.Freed);
        }

        await Task.WhenAll(ends);
    }

    private void Start_NeedsLock(BlankKind kind)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _starts.Add(started.Task);
        _starting.Add(kind);
        _ = Task.Run(() => StartAsync(kind, started), CancellationToken.None);
    }

    private async Task StartAsync(BlankKind kind, TaskCompletionSource started)
    {
        using var timeout = new CancellationTokenSource(context.Options.StartTimeout, context.TimeProvider);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stop.Token);
        var (host, fault) = await context.Hosts.LaunchAsync(kind.ToSpec(), patience.Token);
        lock (_gate)
        {
            _starting.Remove(kind);
            if (host is not null)
            {
                _blanks.Add((kind, host));
                context.Metrics.Blanks(+1);
                Log.BlankReady(context.Logger, host.Process.Id);
            }
            else if (!_stop.IsCancellationRequested)
            {
                // Whatever is wrong is told to the requests that need an instance; until then there is no use in trying.
                _isBroken = true;
                Log.BlankFailed(context.Logger, fault ?? "it takes too long.");
            }

            _starts.Remove(started.Task);
        }

        started.SetResult();
        if (host is null)
        {
            context.Budget.Release(_share);
        }
        else
        {
            _ = ForgetDeadAsync(host);
        }
    }

    // A blank can be killed by whoever kills processes.
    private async Task ForgetDeadAsync(BlankHost host)
    {
        await host.Process.Exited;
        Task? end = null;
        lock (_gate)
        {
            var index = _blanks.FindIndex(blank => blank.Host == host);
            if (index >= 0)
            {
                end = EndAsync(Remove_NeedsLock(index));
            }
        }

        await (end ?? Task.CompletedTask);
    }

    private BlankHost Remove_NeedsLock(int index)
    {
        var host = _blanks[index].Host;
        _blanks.RemoveAt(index);
        context.Metrics.Blanks(-1);
        return host;
    }

    private async Task EndAsync(BlankHost host)
    {
        await host.EndAsync();
        context.Budget.Release(_share);
    }
}
