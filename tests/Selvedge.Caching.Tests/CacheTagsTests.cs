namespace Selvedge.Caching.Tests;

public sealed class CacheTagsTests
{
    [Fact]
    public void Of_MoreTagsThanMayBe_TakesTheFirst()
    {
        var tags = Of(string.Join(',', Enumerable.Range(0, 200)));

        Assert.Equal(128, tags.Count);
        Assert.Equal("127", tags[^1]);
    }

    [Fact]
    public void Of_ATagThatIsTooLong_LeavesItOut() => Assert.Equal(["a", "b"], Of($"a,{new string('x', 257)},b"));

    [Fact]
    public void Of_ATagSaidTwice_CountsOnce() => Assert.Equal(["a"], Of("a, a"));

    private static IReadOnlyList<string> Of(string field) => CacheTags.Of([new("Vercel-Cache-Tag", field)]);
}
