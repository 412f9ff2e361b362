using Microsoft.Extensions.Primitives;
using Selvedge.Server.Proxy;

namespace Selvedge.Server.Tests.Proxy;

public sealed class LoopGuardTests
{
    private readonly LoopGuard _guard = new("me");

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void IsLooping_AfterSoManyPasses_Is(int passes, bool looping)
    {
        StringValues field = "other-cdn";
        for (var i = 0; i < passes; i++)
        {
            field = _guard.Extend(field);
        }

        Assert.Equal(looping, _guard.IsLooping(field));
    }

    [Fact]
    public void IsLooping_PassesOfAnotherServer_DoNotCount()
    {
        var other = new LoopGuard("other");
        StringValues field = default;
        for (var i = 0; i < 20; i++)
        {
            field = other.Extend(field);
        }

        Assert.False(_guard.IsLooping(field));
    }
}
