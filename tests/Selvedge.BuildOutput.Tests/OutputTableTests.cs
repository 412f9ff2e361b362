using Selvedge.Routing;

namespace Selvedge.BuildOutput.Tests;

public sealed class OutputTableTests
{
    [Theory]
    [InlineData("/a.txt", "/a.txt")]
    [InlineData("/a.txt/", "/a.txt")]
    [InlineData("/docs/en", "/docs/en")]
    [InlineData("/blog/[slug]", "/blog/[slug]")]
    [InlineData("/blog/%5Bslug%5D", "/blog/[slug]")]
    [InlineData("/%62log/[slug]", "/blog/[slug]")]
    [InlineData("/%E2%82%AC/%F0%9F%98%80.txt", "/€/😀.txt")]
    [InlineData("/€/😀.txt", "/€/😀.txt")]
    [InlineData("/100%25.txt", "/100%.txt")]
    [InlineData("/a+b", "/a+b")]
    [InlineData("/item/:id", "/item/:id")]
    [InlineData("/![-]/catchall", "/![-]/catchall")]
    public void Find_PathOfAnOutput_FindsIt(string path, string outputPath) =>
        Assert.Equal(outputPath, Table(outputPath).Find(path)?.OutputPath);

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/index")]
    public void Find_FormOfTheRootPage_FindsIt(string path) => Assert.NotNull(Table("/index.html").Find(path));

    [Theory]
    [InlineData("/a")]
    [InlineData("/a/")]
    [InlineData("/a/index")]
    [InlineData("/a/index/")]
    [InlineData("/a/index.html")]
    public void Find_FormOfADirectorysPage_FindsIt(string path) => Assert.NotNull(Table("/a/index.html").Find(path));

    [Theory]
    [InlineData("/a")]
    [InlineData("/a/")]
    [InlineData("/a/index")]
    public void Find_FormOfADirectorysFunction_FindsIt(string path) => Assert.NotNull(Table("/a/index").Find(path));

    [Theory]
    [InlineData("/foo")]
    [InlineData("/foo/")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("//foo.html")]
    [InlineData("/foo.html//")]
    [InlineData("/x/../foo.html")]
    [InlineData("/./foo.html")]
    [InlineData("/%2e/foo.html")]
    [InlineData("/x/%2E%2E/foo.html")]
    [InlineData("/FOO.html")]
    [InlineData("/foo.html%00")]
    [InlineData("/foo.html%")]
    [InlineData("/foo.html%4")]
    [InlineData("/foo%zzhtml")]
    [InlineData("/foo%+2html")]
    [InlineData("/foo%C0%AEhtml")]
    [InlineData("/foo%E2%82html")]
    [InlineData("/foo%ED%A0%80html")]
    [InlineData("/%F4%90%80%80foo.html")]
    [InlineData("foo.html")]
    [InlineData("")]
    public void Find_AnyOtherPath_FindsNothing(string path) => Assert.Null(Table("/foo.html").Find(path));

    [Theory]
    [InlineData("/myindex.html", "/my")]
    [InlineData("/a/xindex", "/a/x")]
    [InlineData("/a/xindex", "/a")]
    public void Find_NameThatOnlyEndsInIndex_IsNoIndex(string outputPath, string path) =>
        Assert.Null(Table(outputPath).Find(path));

    [Theory]
    [InlineData("/a%2Fb")]
    [InlineData("/a%2fb")]
    public void Find_EscapedSlash_IsNoSeparator(string path)
    {
        var table = Table("/a/b", "/a%2Fb");

        Assert.Equal("/a%2Fb", table.Find(path)?.OutputPath);
    }

    [Fact]
    public void Find_EscapedBackslash_IsNoSeparator() => Assert.Null(Table("/a/b").Find("/a%5Cb"));

    [Fact]
    public void Find_OutputAndIndexesOfOnePath_PrefersTheOutputThenTheFunctionThenThePage()
    {
        Assert.Equal("/a", Table("/a/index.html", "/a/index", "/a").Find("/a")?.OutputPath);
        Assert.Equal("/a/index", Table("/a/index.html", "/a/index").Find("/a/")?.OutputPath);
        Assert.Equal("/a/index", Table("/a/index.html", "/a/index").Find("/a/index")?.OutputPath);
    }

    [Fact]
    public void Find_LongEncodedPath_FindsIt()
    {
        var name = new string('ü', 2000);

        Assert.NotNull(Table("/" + name).Find("/" + Uri.EscapeDataString(name)));
    }

    [Fact]
    public void Find_PathLongerThanAnyOutputCanBe_FindsNothing() =>
        Assert.Null(Table("/a").Find("/" + new string('a', 1_000_000)));

    [Theory]
    [InlineData("/docs/guide")]
    [InlineData("/docs/guide/")]
    [InlineData("/docs/%67uide")]
    [InlineData("/docs/missing")]
    public void Find_ShortPath_AllocatesNothing(string path)
    {
        var table = Table("/docs/guide", "/docs/index.html");
        table.Find(path);

        var before = GC.GetAllocatedBytesForCurrentThread();
        table.Find(path);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Find_NoOutputs_FindsNothing() => Assert.Null(new OutputTable([]).Find("/"));

    [Theory]
    [InlineData("/_middleware")]
    [InlineData("_middleware")]
    public void FindOutput_OutputPath_FindsIt(string path) => Assert.NotNull(Table("/_middleware").FindOutput(path));

    [Theory]
    [InlineData("/")]
    [InlineData("/_middleware/")]
    [InlineData("/%5Fmiddleware")]
    [InlineData("")]
    public void FindOutput_AnyOtherForm_FindsNothing(string path) =>
        Assert.Null(Table("/_middleware", "/index").FindOutput(path));

    private static OutputTable Table(params string[] outputPaths) =>
        new(outputPaths.Select(static RouteTarget (path) => new TestOutput(path)));
}
