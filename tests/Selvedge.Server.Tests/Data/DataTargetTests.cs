using Selvedge.Server.Data;

namespace Selvedge.Server.Tests.Data;

public sealed class DataTargetTests
{
    [Theory]
    [InlineData("/v1/suspense-cache/abc", "suspense-cache/abc")]
    [InlineData("/v1/runtime-cache/a%2Fb%3Fc%252F?x=1", "runtime-cache/a/b?c%2F")]
    [InlineData("/v1/use-cache/%C3%BC", "use-cache/ü")]
    [InlineData("/v1/use-cache/a/../b", "use-cache/a/../b")]
    public void TryParse_AnItem_NamesItsKey(string target, string expected)
    {
        Assert.True(DataTarget.TryParse(target, out var parsed));
        Assert.Equal(expected, parsed.ItemKey);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/")]
    [InlineData("/v1/suspense-cache")]
    [InlineData("/v1/suspense-cache/")]
    [InlineData("/v1/other/abc")]
    [InlineData("/v2/suspense-cache/abc")]
    [InlineData("http://data/v1/suspense-cache/abc")]
    [InlineData("*")]
    public void TryParse_AnythingElse_IsNone(string target) => Assert.False(DataTarget.TryParse(target, out _));

    [Fact]
    public void Parameter_IsGivenAsItWasSent()
    {
        Assert.True(DataTarget.TryParse("/v1/suspense-cache/revalidate?tags=a%2Cb,c&stale-for=5", out var target));

        Assert.True(target.IsRevalidation);
        Assert.Equal(["a,b", "c"], DataTags.Decode(target.Parameter("tags")!));
        Assert.Equal("5", target.Parameter("stale-for"));
        Assert.Null(target.Parameter("stale"));
    }
}
