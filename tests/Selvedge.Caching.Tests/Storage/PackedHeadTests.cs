using Selvedge.Caching.Storage;

namespace Selvedge.Caching.Tests.Storage;

public sealed class PackedHeadTests
{
    private static readonly KeyValuePair<string, string>[] Lines =
    [
        new("Content-Type", "text/html"),
        new("content-type", "text/plain"),
        new("X-Ours", new string('v', 20_000)),
        new("CACHE-control", ""),
        new("Link", "</a>; title=\"é…\""),
        new("Link", "</b>"),
    ];

    [Fact]
    public void Of_AnyLines_GivesThemBackInOrderAndAsSpelled() => Assert.Equal(Lines, PackedHead.Of("/t", Lines));

    [Fact]
    public void Of_NoLines_KeepsTheTarget() => Assert.Equal("/t", PackedHead.Of("/t", []).Target);

    [Fact]
    public void Index_OfALine_IsThatLine() => Assert.Equal(Lines[4], PackedHead.Of("/t", Lines)[4]);

    [Theory]
    [InlineData("", "", true)]
    [InlineData("/a?b=c", "/a?b=c", true)]
    [InlineData("/a", "/A", false)]
    [InlineData("/a", "/ab", false)]
    [InlineData("/é", "/é", true)]
    [InlineData("/é", "/Ã©", false)]
    public void IsFor_ATarget_ComparesCharacters(string kept, string asked, bool expected) =>
        Assert.Equal(expected, PackedHead.Of(kept, Lines).IsFor(asked));

    [Fact]
    public void IsFor_NothingPacked_IsTheEmptyTarget() => Assert.True(default(PackedHead).IsFor(""));
}
