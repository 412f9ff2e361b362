namespace Selvedge.BuildOutput.Tests;

public sealed class LinkTests : IDisposable
{
    private readonly OutputBuilder _output = new();

    public void Dispose() => _output.Dispose();

    [Theory]
    [InlineData("static/a.txt", "../../../secret", "out of the build output")]
    [InlineData("static/a", "../../..", "out of the build output")]
    [InlineData("static/a.txt", "/etc/hostname", "out of the build output")]
    [InlineData("static", "../../src", "out of the build output")]
    [InlineData("static/a.txt", "gone", "does not exist")]
    [InlineData("static/a.txt", "a.txt", "in a circle")]
    [InlineData("static/a", ".", "holds it")]
    [InlineData("static/a/b", "..", "holds it")]
    [InlineData("functions/a.func", "../../../src", "out of the build output")]
    [InlineData("functions/a.func", "/", "out of the build output")]
    [InlineData("functions/a.func", "gone.func", "does not exist")]
    [InlineData("functions/a.func", "a.func", "in a circle")]
    [InlineData("functions/a", "..", "holds it")]
    [InlineData("functions/a.prerender-config.json", "../../../secret", "out of the build output")]
    [InlineData("functions", "../../src", "out of the build output")]
    public async Task Link_ThatLeadsNowhereGood_IsAFault(string path, string target, string problem)
    {
        _output.ProjectFile("secret").ProjectFile("src/index.js").Link(path, target);

        var fault = await _output.FaultAsync();

        Assert.StartsWith(path, fault.File, StringComparison.Ordinal);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_ToOneAnother_AreAFaultEach()
    {
        _output.Link("functions/a.func", "b.func").Link("functions/b.func", "a.func");

        var faults = (await _output.ReadAsync()).Faults;

        Assert.Equal(["functions/a.func", "functions/b.func"], faults.Select(static fault => fault.File));
    }

    [Fact]
    public async Task Link_ThroughALinkOutAndBackIn_IsTakenForWhatItIs()
    {
        _output.Static("a.txt", "inside").Link("static/b.txt", "../../../.vercel/output/static/a.txt");

        Assert.NotNull((await _output.DeployAsync()).Outputs.Find("/b.txt"));
    }

    [Fact]
    public async Task Link_WithDotsAfterALink_IsResolvedAsTheSystemDoes()
    {
        // By its text static/x/../secret.txt is inside; by its meaning it is beside what x leads to.
        _output
            .Static("secret.txt", "inside")
            .ProjectFile("deep/secret.txt", "outside")
            .ProjectFile("deep/dir/file")
            .Link("other/x", "../../../deep/dir")
            .Link("static/b.txt", "../other/x/../secret.txt");

        Assert.Equal("static/b.txt", (await _output.FaultAsync()).File);
    }

    [Fact]
    public async Task Output_ThatIsItselfALink_IsReadWhereItIs()
    {
        _output.Static("a.txt");
        var link = Path.Join(_output.Home, "current");
        Directory.CreateSymbolicLink(link, _output.Output);

        var deployment = await _output.DeployAsync(_output.Options with { Directory = link });

        Assert.Equal(_output.Output, deployment.Directory);
        Assert.Equal(_output.Project, deployment.ProjectRoot);
    }

    [Fact]
    public async Task Links_ThatMultiply_StopAtTheLimit()
    {
        // Two links a level: sixteen levels make 65,536 paths to one file.
        for (var i = 0; i < 16; i++)
            _output
                .Link($"tree/{i}/a", i == 0 ? "../leaf" : $"../{i - 1}")
                .Link($"tree/{i}/b", i == 0 ? "../leaf" : $"../{i - 1}");
        _output.File("tree/leaf/x.txt", "x").Link("static", "tree/15");

        var fault = await _output.FaultAsync(_output.Options with { Limits = new() { MaxEntries = 1000 } });

        Assert.StartsWith("static/", fault.File, StringComparison.Ordinal);
        Assert.Contains("1000", fault.Message, StringComparison.Ordinal);
    }
}
