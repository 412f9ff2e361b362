using Selvedge.Routing.Config;
using Selvedge.Routing.Phases;

namespace Selvedge.Routing.Tests.Phases;

public sealed class PhaseRoutesTests
{
    [Theory]
    [InlineData("/", "2,6")]
    [InlineData("/about", "0,2,6")]
    [InlineData("/ABOUT", "0,2,6")]
    [InlineData("/abo", "2,6")]
    [InlineData("/blog/x", "1,2,3,6")]
    [InlineData("/blog", "2,6")]
    [InlineData("/blogs", "2,6")]
    [InlineData("/alt/b", "2,4,6")]
    [InlineData("/api/x", "2,5,6")]
    public void Candidates_ForAPath_AreThoseThatShareItsBeginningInOrder(string path, string expected)
    {
        var phase = Phase("/about", "/blog/(.*)", ".*", "/blog/x", "/a(?:lt/a|lt/b)", "api/(.*)", "/.*");

        var candidates = phase.Candidates(path);

        Assert.Equal(expected, string.Join(',', candidates.Select(static candidate => candidate.Order)));
    }

    [Fact]
    public void Candidates_InATableOfAThousand_AreTheFewThatFit()
    {
        var phase = Phase([.. Enumerable.Range(0, 1000).Select(static i => $"/section{i}/(.*)"), "/.*"]);

        Assert.Equal([57, 1000], phase.Candidates("/section57/x").Select(static candidate => candidate.Order));
    }

    [Fact]
    public void Candidates_InATableTooLargeToIndex_AreAllOfThem()
    {
        var phase = Phase([
            .. Enumerable.Repeat(".*", 1000),
            .. Enumerable.Range(0, 1000).Select(static i => $"/section{i}/(.*)"),
        ]);

        Assert.Equal(2000, phase.Candidates("/section57/x").Count);
    }

    [Fact]
    public void Cursor_WhenThePathChanges_GoesOnAfterTheLastRoute()
    {
        var cursor = new PhaseCursor(Phase("/b.*", "/a.*", "/b/.*", "/a/.*", "/.*"));

        Assert.Equal("/a.*", cursor.Next("/a/x")!.Config.Src);
        Assert.Equal("/b/.*", cursor.Next("/b/x")!.Config.Src);
        Assert.Equal("/a/.*", cursor.Next("/a/x")!.Config.Src);
        Assert.Equal("/.*", cursor.Next("/a/x")!.Config.Src);
        Assert.Null(cursor.Next("/a/x"));
    }

    private static PhaseRoutes Phase(params string[] sources)
    {
        var faults = new List<RouteFault>();
        var compiler = new RouteCompiler(new RoutingOptions(), faults);
        return new PhaseRoutes(sources.Select(src => compiler.Compile(new RouteConfig { Src = src })!).ToList());
    }
}
