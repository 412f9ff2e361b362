using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Selvedge.Server.Static;

namespace Selvedge.Server.Tests.Static;

public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=0-9", 0, 10)]
    [InlineData("bytes=90-", 90, 10)]
    [InlineData("bytes=90-500", 90, 10)]
    [InlineData("bytes=-5", 95, 5)]
    [InlineData("bytes=-500", 0, 100)]
    [InlineData("bytes=99-99", 99, 1)]
    public void Resolve_SatisfiableRange_IsPart(string range, long start, long length)
    {
        Assert.Equal(RangeOutcome.Part, ByteRange.Resolve(With(range), 100, out var part));
        Assert.Equal(new ByteRange(start, length), part);
    }

    [Theory]
    [InlineData("bytes=100-")]
    [InlineData("bytes=200-300")]
    [InlineData("bytes=-0")]
    public void Resolve_RangeBeyondTheFile_IsUnsatisfiable(string range) =>
        Assert.Equal(RangeOutcome.Unsatisfiable, ByteRange.Resolve(With(range), 100, out _));

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("lines=0-1")]
    [InlineData("nonsense")]
    public void Resolve_RangeThatMayBeIgnored_IsWhole(string range) =>
        Assert.Equal(RangeOutcome.Whole, ByteRange.Resolve(With(range), 100, out _));

    [Fact]
    public void Resolve_EmptyFile_IsUnsatisfiable() =>
        Assert.Equal(RangeOutcome.Unsatisfiable, ByteRange.Resolve(With("bytes=-1"), 0, out _));

    private static RequestHeaders With(string range) => new(new HeaderDictionary { ["Range"] = range });
}
