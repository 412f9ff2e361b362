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
    [InlineData("")]
    public void TryParse_WhatNamesNoResource_IsRefused(string rawTarget) =>
        Assert.False(RequestTarget.TryParse(rawTarget, out _));

    [Fact]
    public void TryParse_BackslashInTheQuery_IsKept()
    {
        Assert.True(RequestTarget.TryParse("/a?b\\c", out var target));
        Assert.Equal("b\\c", target.Query);
    }
}
