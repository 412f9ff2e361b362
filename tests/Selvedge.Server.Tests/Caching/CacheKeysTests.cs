using Selvedge.Server.Caching;

namespace Selvedge.Server.Tests.Caching;

public sealed class CacheKeysTests
{
    [Theory]
    [InlineData("http://Example.COM:80/a?b=1", "r http://example.com/a?b=1")]
    [InlineData("https://example.com:443/", "r https://example.com/")]
    [InlineData("http://example.com:8080/a%2Fb/../c", "r http://example.com:8080/a%2Fb/../c")]
    [InlineData("http://example.com./a", "r http://example.com/a")]
    public void OfUrl_AnAbsoluteUrl_NormalisesTheHostAndNothingElse(string url, string expected) =>
        Assert.Equal(expected, CacheKeys.OfUrl("r", url));

    [Theory]
    [InlineData("/a")]
    [InlineData("ftp://example.com/a")]
    [InlineData("http://example.com")]
    [InlineData("http:///a")]
    [InlineData("http://example.com/a#b")]
    public void OfUrl_AnythingElse_IsNoKey(string url) => Assert.Null(CacheKeys.OfUrl("r", url));
}
