using Selvedge.Functions.Instances;

namespace Selvedge.Functions.Tests.Instances;

public sealed class InstanceBudgetTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly List<(BudgetShare For, bool MayBeBusy)> _asked = [];
    private readonly BudgetShare _rich = new();
    private readonly BudgetShare _poor = new();
    private readonly InstanceBudget _budget;

    public InstanceBudgetTests()
    {
        _budget = new InstanceBudget(2, _clock)
        {
            GiveUp = (claimant, mayBeBusy) =>
            {
                _asked.Add((claimant, mayBeBusy));
                return null;
            },
        };
    }

    public void Dispose() => _budget.Dispose();

    [Fact]
    public void Place_ThatIsFree_IsTakenAtOnce()
    {
        Assert.True(Take(_rich).IsCompletedSuccessfully);
        Assert.True(Take(_rich).IsCompletedSuccessfully);
        Assert.Equal(2, _rich.Held);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Place_ThatComesFree_GoesToWhoeverHasFewest()
    {
        await Take(_rich);
        await Take(_rich);
        var more = Take(_rich);
        var first = Take(_poor);

        _budget.Release(_rich);

        await first;
        Assert.False(more.IsCompleted);
        _budget.Release(_rich);
        await more;
        Assert.Equal((1, 1), (_rich.Held, _poor.Held));
    }

    [Fact]
    public async Task Claim_AsksForSomethingIdleAtOnceAndForSomethingBusyASecondLater()
    {
        await Take(_rich);
        await Take(_rich);

        _ = Take(_poor);
        Assert.Equal([(_poor, false)], _asked);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([(_poor, false), (_poor, false), (_poor, true)], _asked);
    }

    [Fact]
    public async Task Claim_TakesOneBusyInstanceHoweverLongThatTakes()
    {
        var freed = new TaskCompletionSource();
        var busy = 0;
        _budget.GiveUp = (_, mayBeBusy) =>
        {
            busy += mayBeBusy ? 1 : 0;
            return mayBeBusy ? new FreedPlace(freed.Task) : null;
        };
        await Take(_rich);
        await Take(_rich);
        _ = Take(_poor);

        for (var i = 0; i < 10; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, busy);
    }

    [Fact]
    public async Task Claim_ThatIsGivenUp_TakesNoPlace()
    {
        await Take(_rich);
        await Take(_rich);
        using var stop = new CancellationTokenSource();
        var claim = _budget.TakeAsync(_poor, stop.Token);

        await stop.CancelAsync();
        _budget.Release(_rich);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => claim);
        Assert.False(_budget.IsShort);
        Assert.True(_budget.TryTake(_rich));
    }

    [Fact]
    public async Task Blanks_DoNotPushIn()
    {
        await Take(_rich);
        await Take(_rich);
        _ = Take(_poor);

        Assert.False(_budget.TryTake(_rich));
    }

    private Task Take(BudgetShare share) => _budget.TakeAsync(share, CancellationToken.None);
}
