using Selvedge.Server.Admission;

namespace Selvedge.Server.Tests.Admission;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/", "/", "")]
    [InlineData("/a?b=c", "/a", "b=c")]
    [InlineData("/a?", "/a", "")]
    [InlineData("/a?b?c", "/a", "b?c")]
    [InlineData("/a%20b?x=%26", "/a%20b", "x=%26")]
    [InlineData("http://site.test/a?b", "/a", "b")]
    [InlineData("http://site.test", "/", "")]
    [InlineData("HTTPS://site.test?b", "/", "b")]
    public void TryParse_OriginOrAbsoluteForm_SplitsPathAndQuery(string rawTarget, string path, string query)
    {
        Assert.True(RequestTarget.TryParse(rawTarget, out var target));
        Assert.Equal(new RequestTarget(path, query), target);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("site.test:443")]
    [InlineData("ftp://site.test/a")]
    [InlineData("/a\\..\\b")]
    [InlineData("/a b")]
    [InlineData("/a\r\nx")]
    [InlineData("/admin#x")]
    [InlineData("/a?b#c")]
    [InlineData("http://site.test#/admin")]
    [InlineData("")]
    public void TryParse_WhatNamesNoResource_IsRefused(string rawTarget) =>
        Assert.False(RequestTarget.TryParse(rawTarget, out _));

    [Theory]
    [InlineData("/%61dmin", "/admin")]
    [InlineData("/%41%7a%30%2d%2E%5f%7E", "/Az0-._~")]
    [InlineData("/a/%2e%2e/b", "/b")]
    [InlineData("/a/%2E./b", "/b")]
    [InlineData("/a/.%2e/b", "/b")]
    [InlineData("/a/%2e/b", "/a/b")]
    [InlineData("//x/admin", "/x/admin")]
    [InlineData("///admin", "/admin")]
    [InlineData("/..//admin", "/admin")]
    [InlineData("http://site.test//x/admin", "/x/admin")]
    public void TryParse_PathThatAFunctionWouldReadOtherwise_IsNormalized(string rawTarget, string path)
    {
        Assert.True(RequestTarget.TryParse(rawTarget, out var target));
        Assert.Equal(path, target.Path);
    }

    [Theory]
    [InlineData("/a%2Fb")]
    [InlineData("/a%40b")]
    [InlineData("/%2561dmin")]
    [InlineData("/caf%C3%A9")]
    [InlineData("/a%")]
    [InlineData("/a%6")]
    [InlineData("/a%+1")]
    [InlineData("/a//b")]
    public void TryParse_EscapeOrSlashThatMayMeanSomething_IsKept(string path)
    {
        Assert.True(RequestTarget.TryParse(path, out var target));
        Assert.Same(path, target.Path);
    }

    [Fact]
    public void TryParse_BackslashInTheQuery_IsKept()
    {
        Assert.True(RequestTarget.TryParse("/a?b\\c", out var target));
        Assert.Equal("b\\c", target.Query);
    }
}
