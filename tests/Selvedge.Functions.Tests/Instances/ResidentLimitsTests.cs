using Selvedge.Functions.Instances;

namespace Selvedge.Functions.Tests.Instances;

public sealed class ResidentLimitsTests
{
    private static readonly FunctionHostOptions Options = new() { SocketDirectory = "/s", MaxResidentBytes = 1000 };

    [Fact]
    public void Limit_IsTheFunctionsMemoryWithRoomForNode() =>
        Assert.Equal((256 + 128) << 20, ResidentLimits.Of(Function with { MemoryMiB = 256 }, Options));

    [Fact]
    public void Limit_OfAFunctionThatNamesNone_IsTheHosts() => Assert.Equal(1000, ResidentLimits.Of(Function, Options));

    [Fact]
    public void Limit_CanBeNone() =>
        Assert.Equal(long.MaxValue, ResidentLimits.Of(Function, Options with { MaxResidentBytes = null }));

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(1001, 1)]
    [InlineData(1250, 1)]
    [InlineData(1251, 2)]
    public void Judge_GivesTimeUpToAQuarterMore(long bytes, int expected) =>
        Assert.Equal((MemoryVerdict)expected, ResidentLimits.Judge(bytes, 1000));

    private static FunctionSpec Function =>
        new()
        {
            Name = "f",
            Directory = "/",
            Handler = "h",
        };
}
