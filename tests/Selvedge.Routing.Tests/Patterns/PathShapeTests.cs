using Selvedge.Routing.Patterns;

namespace Selvedge.Routing.Tests.Patterns;

public sealed class PathShapeTests
{
    [Theory]
    [InlineData("/about", "/about")]
    [InlineData("^/about$", "/about")]
    [InlineData(@"/a\.b", "/a.b")]
    [InlineData("(?:/about)", "/about")]
    [InlineData("/.*", "/ 0")]
    [InlineData("/.+", "/ 1")]
    [InlineData("/(.*)", "/ 0 captured")]
    [InlineData("/docs/(.+)", "/docs/ 1 captured")]
    [InlineData("/docs/(?<rest>.*)", "/docs/ 0 captured")]
    [InlineData("^(?:/(.*))$", "/ 0 captured")]
    [InlineData(@"/a\$", "/a$")]
    [InlineData("", "")]
    public void Of_APlainPattern_IsItsTextAndItsRest(string src, string expected)
    {
        var shape = PathShape.Of(src)!;

        Assert.Equal(
            expected,
            shape.HasRest ? $"{shape.Text} {shape.MinimumRest}{(shape.CapturesRest ? " captured" : "")}" : shape.Text
        );
    }

    [Theory]
    [InlineData("/a?")]
    [InlineData("/a|/b")]
    [InlineData(@"/\d")]
    [InlineData("/(a)(.*)")]
    [InlineData("/a(?:.*)")]
    [InlineData("/(?<=.*)")]
    [InlineData("/(?=.*)")]
    [InlineData("/a(.*)b")]
    [InlineData(@"/a\.*")]
    [InlineData(@"/a\(.*)")]
    [InlineData("/[a]")]
    [InlineData("/\u00e9")]
    [InlineData("/x{2}")]
    [InlineData("(?:/a)(?:/b)")]
    public void Of_AnyOtherPattern_IsNone(string src) => Assert.Null(PathShape.Of(src));
}
