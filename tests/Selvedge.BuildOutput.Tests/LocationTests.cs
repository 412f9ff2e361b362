namespace Selvedge.BuildOutput.Tests;

public sealed class LocationTests : IDisposable
{
    private readonly OutputBuilder _output = new();

    public void Dispose() => _output.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/.vercel")]
    [InlineData("/.vercel/output")]
    [InlineData("/.vercel/../.vercel/output/")]
    public async Task Directory_AnyThatMeansTheOutput_IsUnderstood(string directory)
    {
        var deployment = await _output.DeployAsync(_output.Options with { Directory = _output.Project + directory });

        Assert.Equal(_output.Output, deployment.Directory);
        Assert.Equal(_output.Project, deployment.ProjectRoot);
    }

    [Fact]
    public async Task Directory_OfAProjectWithItsOwnConfigJson_MeansItsOutput()
    {
        _output.ProjectFile("config.json", """{"colour":"blue"}""");

        Assert.Equal(_output.Output, (await _output.DeployAsync()).Directory);
    }

    [Fact]
    public async Task Directory_ThatMerelyHoldsAnOutputDirectory_IsNotUnderstood()
    {
        _output.ProjectFile("../elsewhere/output/config.json", """{"version":3,"routes":[]}""");

        var fault = await _output.FaultAsync(_output.Options with { Directory = Path.Join(_output.Home, "elsewhere") });

        Assert.Contains("holds no build output", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directory_OfAnOutputByAnotherName_IsItsOwnProject()
    {
        var directory = Path.Join(_output.Home, "dist");
        Directory.Move(_output.Output, directory);

        var deployment = await _output.DeployAsync(_output.Options with { Directory = directory });

        Assert.Equal(directory, deployment.Directory);
        Assert.Equal(directory, deployment.ProjectRoot);
    }

    [Fact]
    public async Task Directory_ThatDoesNotExist_IsAFault()
    {
        var fault = await _output.FaultAsync(_output.Options with { Directory = Path.Join(_output.Home, "gone") });

        Assert.Equal(".", fault.File);
        Assert.Contains("does not exist", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directory_WithoutAnOutput_SaysHowToBuildOne()
    {
        var fault = await _output.FaultAsync(_output.Options with { Directory = _output.Home });

        Assert.Contains("vercel build", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_WithoutConfigJson_NamesTheFile()
    {
        _output.Delete("config.json");

        Assert.Equal("config.json", (await _output.FaultAsync()).File);
    }

    [Fact]
    public async Task ProjectRoot_ThatDoesNotExist_IsAFault()
    {
        var fault = await _output.FaultAsync(_output.Options with { ProjectRoot = Path.Join(_output.Home, "gone") });

        Assert.Contains("gone", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_WhenCancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await BuildOutputReader.ReadAsync(_output.Options, cancelled.Token)
        );
    }
}
