using Selvedge.Routing.Patterns;

namespace Selvedge.Routing.Tests.Patterns;

public sealed class PatternPrefixesTests
{
    [Theory]
    [InlineData("/about", "/about")]
    [InlineData("^/about$", "/about")]
    [InlineData(@"^\/a\.b\/c$", "/a.b/c")]
    [InlineData("/blog/(.*)", "/blog/")]
    [InlineData("^(?:/(.*))$", "/")]
    [InlineData("/ab?c", "/ac,/abc")]
    [InlineData("/ab*c", "/ac,/ab")]
    [InlineData("/ab+c", "/ab")]
    [InlineData("/ab{2}c", "/ac,/ab")]
    [InlineData("/(?:a|b)c", "/ac,/bc")]
    [InlineData("(?:/a)?/b(.*)", "/b,/a/b")]
    [InlineData("/a$|^/b$", "/a,/b")]
    [InlineData("^(?!/_next)/old/(.*)$", "/old/")]
    [InlineData("/docs[/]?x", "/docsx,/docs")]
    [InlineData("/(?<path>.+)x", "/")]
    [InlineData("(?<r>/isr/(?:.*))", "/isr/")]
    [InlineData(".*", "")]
    [InlineData("(?:a|b|c|d|e|f|g|h|i|j)x", "")]
    [InlineData(@"/a\d", "/a")]
    [InlineData(@"/a\bc", "/a")]
    [InlineData("/a.c", "/a")]
    [InlineData("/[abc]d", "/")]
    [InlineData("/(a)+b", "/a")]
    [InlineData("/(a)*b", "/b,/a")]
    [InlineData("", "")]
    public void Of_APattern_FindsTheTextsThatMatchesBeginWith(string src, string expected) =>
        Assert.Equal(expected.Split(','), PatternPrefixes.Of(src));
}
