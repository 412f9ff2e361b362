using Selvedge.Functions.Instances;

namespace Selvedge.Functions.Tests.Instances;

public sealed class DrainGateTests
{
    [Fact]
    public void Close_WithNobodyInside_IsEmptyAtOnce() => Assert.True(new DrainGate().CloseAsync().IsCompleted);

    [Fact]
    public void Close_IsEmptyWhenTheLastOneHasLeft()
    {
        var gate = new DrainGate();
        Assert.True(gate.TryEnter());
        Assert.True(gate.TryEnter());

        var empty = gate.CloseAsync();

        gate.Exit();
        Assert.False(empty.IsCompleted);
        gate.Exit();
        Assert.True(empty.IsCompleted);
    }

    [Fact]
    public void Enter_OnceClosed_IsRefused()
    {
        var gate = new DrainGate();
        _ = gate.CloseAsync();

        Assert.False(gate.TryEnter());
    }
}
