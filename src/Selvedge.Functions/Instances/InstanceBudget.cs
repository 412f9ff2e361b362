namespace Selvedge.Functions.Instances;

/// <summary>
/// Bounds the processes of a host, and shares the places out: whoever has fewest gets the next one, in order of arrival between equals.
/// </summary>
/// <remarks>
/// A place is held from before a process starts until it is gone. When all are taken and one is asked for, something is given up for it:
/// <list type="number">
/// <item>a blank, which nobody uses;</item>
/// <item>the instance that has been idle longest, of any other function;</item>
/// <item>after a second in which there was none, a busy one of a function that has more: it finishes its requests first. So a function
/// that is never idle cannot keep the others out, and functions that are all busy take turns.</item>
/// </list>
/// </remarks>
/// <param name="places">How many processes there may be.</param>
/// <param name="timeProvider">The clock of that second.</param>
internal sealed class InstanceBudget(int places, TimeProvider timeProvider) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly List<Claim> _claims = [];
    private ITimer? _timer;
    private volatile int _claimCount;
    private int _used;
    private int _comingFree;
    private int _draining;
    private bool _disposed;

    /// <summary>
    /// Gives a place up for a share's owner: an idle one, or with the second argument a busy one; <see langword="null"/> if there is none
    /// to give up.
    /// </summary>
    public Func<BudgetShare, bool, FreedPlace?> GiveUp { private get; set; } = static (_, _) => null;

    /// <summary>Whether somebody waits for a place.</summary>
    public bool IsShort => _claimCount > 0;

    /// <summary>Takes a place if one is free that nobody waits for.</summary>
    public bool TryTake(BudgetShare share)
    {
        lock (_gate)
        {
            if (_claims.Count > 0 || _used >= places)
            {
                return false;
            }

            Grant_NeedsLock(share);
            return true;
        }
    }

    /// <summary>Takes a place, or waits for one.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public Task TakeAsync(BudgetShare share, CancellationToken cancellationToken)
    {
        if (TryTake(share))
        {
            return Task.CompletedTask;
        }

        return WaitAsync(new Claim(share), cancellationToken);
    }

    /// <summary>Hands a place over: a blank becomes a function's.</summary>
    public void Transfer(BudgetShare from, BudgetShare to)
    {
        lock (_gate)
        {
            from.Held--;
            to.Held++;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Release(BudgetShare share)
    {
        Claim? next = null;
        lock (_gate)
        {
            share.Held--;
            _used--;
            _comingFree = Math.Max(0, _comingFree - 1);
            if (_used < places && Best_NeedsLock() is { } best)
            {
                next = best;
                Remove_NeedsLock(best);
                Grant_NeedsLock(best.Share);
            }
        }

        next?.TrySetResult();
    }

    /// <summary>Looks for something idle to give up, if somebody waits: an instance has just become idle.</summary>
    public void Reclaim()
    {
        while (Expect(ref _comingFree) is { } claimant)
        {
            if (GiveUp(claimant, false) is null)
            {
                Settle(ref _comingFree);
                return;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private async Task WaitAsync(Claim claim, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // A place may have come free since the look that found none.
            if (_claims.Count == 0 && _used < places)
            {
                Grant_NeedsLock(claim.Share);
                return;
            }

            _claims.Add(claim);
            _claimCount = _claims.Count;
            _timer ??= timeProvider.CreateTimer(
                static state => ((InstanceBudget)state!).OnTimer(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
            Arm_NeedsLock();
        }

        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (budget, claim) = ((InstanceBudget, Claim))state!;
                budget.Abandon(claim, token);
            },
            (this, claim)
        );
        Reclaim();
        await claim.Task;
    }

    private void Abandon(Claim claim, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // A claim that is not there any more has been granted.
            if (!Remove_NeedsLock(claim))
            {
                return;
            }
        }

        claim.TrySetCanceled(cancellationToken);
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            // What was idle a second ago and still lives has waitUntil work to finish, and is not waited for alone.
            _comingFree = 0;
            Arm_NeedsLock();
        }

        Reclaim();
        ReclaimBusy();
    }

    // One for each that waits, however long it takes: or a function of long requests would lose all its instances to a single claim.
    private void ReclaimBusy()
    {
        if (Expect(ref _draining) is not { } claimant)
        {
            return;
        }

        if (GiveUp(claimant, true) is { } place)
        {
            _ = SettleAsync(place.Freed);
        }
        else
        {
            Settle(ref _draining);
        }
    }

    // The owners that give up have locks of their own, so they are asked outside of this one; the counter keeps the place meanwhile.
    private BudgetShare? Expect(ref int counter)
    {
        lock (_gate)
        {
            if (_claims.Count <= counter)
            {
                return null;
            }

            counter++;
            return Best_NeedsLock()!.Share;
        }
    }

    private void Settle(ref int counter)
    {
        lock (_gate)
        {
            counter = Math.Max(0, counter - 1);
        }
    }

    private async Task SettleAsync(Task freed)
    {
        await freed;
        Settle(ref _draining);
    }

    private Claim? Best_NeedsLock()
    {
        Claim? best = null;
        foreach (var claim in _claims)
        {
            if (best is null || claim.Share.Held < best.Share.Held)
            {
                best = claim;
            }
        }

        return best;
    }

    private void Grant_NeedsLock(BudgetShare share)
    {
        _used++;
        share.Held++;
    }

    private bool Remove_NeedsLock(Claim claim)
    {
        var removed = _claims.Remove(claim);
        _claimCount = _claims.Count;
        return removed;
    }

    private void Arm_NeedsLock()
    {
        if (!_disposed && _claims.Count > 0)
        {
            _timer?.Change(Patience, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Somebody who waits for a place.</summary>
    private sealed class Claim(BudgetShare share) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public BudgetShare Share => share;
    }
}
