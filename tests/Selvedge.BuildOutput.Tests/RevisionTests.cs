namespace Selvedge.BuildOutput.Tests;

public sealed class RevisionTests : IDisposable
{
    private readonly OutputBuilder _output = Fill(new OutputBuilder());

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task Id_WithADeploymentId_IsThat()
    {
        _output.Config("""{"version":3,"routes":[],"deploymentId":"dpl_1-A"}""");

        var deployment = await _output.DeployAsync();

        Assert.Equal("dpl_1-A", deployment.Id);
        Assert.Equal("dpl_1-A", deployment.DeploymentId);
    }

    [Fact]
    public async Task Id_OfEqualOutputsInTwoPlaces_IsEqual()
    {
        using var other = Fill(new OutputBuilder());

        var id = (await _output.DeployAsync()).Id;

        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal(id, (await other.DeployAsync()).Id);
    }

    public static TheoryData<string, string> Changes =>
        new()
        {
            { "config.json", """{"version":3,"routes":[],"crons":[]}""" },
            { "static/a.txt", "changed" },
            { "static/new.txt", "" },
            { "functions/f.func/index.js", "changed" },
            { "functions/f.func/new.js", "" },
            { "functions/f.func/.vc-config.json", """{"runtime":"nodejs22.x","handler":"index.js"}""" },
            { "functions/p.prerender-config.json", """{"expiration":2,"fallback":"p.html"}""" },
            { "functions/p.html", "changed" },
            { "../../m.js", "changed" },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Id_AfterAChange_Differs(string file, string content)
    {
        var before = (await _output.DeployAsync()).Id;

        File.Delete(Path.Join(_output.Output, file));
        _output.File(file, content);

        Assert.NotEqual(before, (await _output.DeployAsync()).Id);
    }

    [Fact]
    public async Task Id_AfterALinkMoved_Differs()
    {
        var before = (await _output.DeployAsync()).Id;

        _output.Delete("functions/link.func").Link("functions/link.func", "mapped.func");

        Assert.NotEqual(before, (await _output.DeployAsync()).Id);
    }

    private static OutputBuilder Fill(OutputBuilder output) =>
        output
            .Static("a.txt")
            .Function("f")
            .Link("functions/link.func", "f.func")
            .Function("p")
            .File("functions/p.html", "fallback")
            .Prerender("p", """{"expiration":1,"fallback":"p.html"}""")
            .Function("mapped", """{"runtime":"nodejs24.x","handler":"index.js","filePathMap":{"m.js":"m.js"}}""")
            .ProjectFile("m.js");
}
