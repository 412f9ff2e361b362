using Selvedge.Server.Admission;

namespace Selvedge.Server.Tests.Admission;

public sealed class DotSegmentsTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/a/b/.", "/a/b/")]
    [InlineData("/..", "/")]
    [InlineData("/../../etc/passwd", "/etc/passwd")]
    [InlineData("/a//../b", "/a/b")]
    [InlineData("//a", "//a")]
    public void Remove_Path_FoldsAsUrlParsersDo(string path, string expected) => Assert.Equal(expected, DotSegments.Remove(path));

    [Theory]
    [InlineData("/a.b/c..d")]
    [InlineData("/.../x")]
    [InlineData("/.well-known/x")]
    [InlineData("/%2e%2e%2e/x")]
    [InlineData("/..%2fx")]
    public void Remove_DotsThatAreNoSegment_LeavesThePathAlone(string path) => Assert.Same(path, DotSegments.Remove(path));
}
