using Selvedge.Server.Proxy;

namespace Selvedge.Server.Tests.Proxy;

public sealed class LoopGuardTests
{
    private readonly LoopGuard _guard = new("me");

    [Fact]
    public void IsLooping_AfterThreePasses_IsTrue()
    {
        var field = _guard.Extend(_guard.Extend(_guard.Extend("other-cdn")));

        Assert.True(_guard.IsLooping(field));
    }

    [Fact]
    public void IsLooping_AfterTwoPasses_IsFalse() => Assert.False(_guard.IsLooping(_guard.Extend(_guard.Extend(default))));

    [Fact]
    public void IsLooping_PassesOfAnotherServer_DoNotCount()
    {
        var other = new LoopGuard("other");
        var field = other.Extend(other.Extend(other.Extend(default)));

        Assert.False(_guard.IsLooping(field));
    }
}
