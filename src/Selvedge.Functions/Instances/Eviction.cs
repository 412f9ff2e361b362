namespace Selvedge.Functions.Instances;

/// <summary>Chooses what is given up for a function that needs a place while all are taken (<see cref="InstanceBudget"/>).</summary>
internal sealed class Eviction(BlankSupply blanks, Func<ICollection<FunctionPool>> pools)
{
    /// <summary>Gives a place up, and says when it is free; nothing if there is none to give up.</summary>
    /// <param name="claimant">Whose claim it is.</param>
    /// <param name="mayBeBusy">Whether an instance that has requests may be ended, once they are done.</param>
    public FreedPlace? GiveUp(BudgetShare claimant, bool mayBeBusy)
    {
        var others = pools().Where(pool => pool.Share != claimant).ToArray();
        return blanks.GiveUp() ?? (mayBeBusy ? GiveUpBusy(claimant, others) : GiveUpIdle(others));
    }

    // The one that has been idle longest.
    private static FreedPlace? GiveUpIdle(FunctionPool[] others)
    {
        var idle = others.Select(pool => pool.LongestIdle()).Where(found => found is not null).MinBy(found => found!.Value.Since);
        return idle is var (instance, _) && instance.Retire(EndReason.Evicted, onlyIfIdle: true)
            ? new FreedPlace(instance.Ended)
            : null;
    }

    // The function with the most gives one up to a function that has none, or two fewer: with one fewer they would only swap.
    private static FreedPlace? GiveUpBusy(BudgetShare claimant, FunctionPool[] others)
    {
        var richest = others.MaxBy(pool => pool.ReadyCount);
        return
            richest?.LeastBusy() is { } busy
            && (claimant.Held == 0 || richest.ReadyCount > claimant.Held + 1)
            && busy.Retire(EndReason.Evicted)
            ? new FreedPlace(busy.Ended)
            : null;
    }
}
