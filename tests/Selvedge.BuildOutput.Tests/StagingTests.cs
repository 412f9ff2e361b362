namespace Selvedge.BuildOutput.Tests;

public sealed class StagingTests : IDisposable
{
    private readonly OutputBuilder _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task Bundle_WithoutMapping_RunsInPlace()
    {
        _output.Function("a", """{"runtime":"nodejs24.x","handler":"index.js","filePathMap":{}}""");

        var bundle = Assert.Single((await _output.DeployAsync()).Bundles);

        Assert.Equal(Path.Join(_output.Output, "functions/a.func"), bundle.Directory);
        Assert.False(Directory.Exists(_output.Staging));
    }

    [Fact]
    public async Task Bundle_WithMapping_HoldsItsOwnFilesAndTheProjects()
    {
        Map("a", ("node_modules/m/index.js", "node_modules/m/index.js"), ("lib/x.js", "src/y.js"));
        _output.ProjectFile("node_modules/m/index.js", "module").ProjectFile("src/y.js", "y");

        var bundle = Assert.Single((await _output.DeployAsync()).Bundles);

        Assert.StartsWith(_output.Staging, bundle.Directory, StringComparison.Ordinal);
        Assert.Equal(
            [".vc-config.json", "index.js", "lib/x.js", "node_modules/m/index.js"],
            Directory
                .EnumerateFiles(bundle.Directory, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(bundle.Directory, path))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal("module", await ReadAsync(bundle, "node_modules/m/index.js"));
        Assert.Equal("y", await ReadAsync(bundle, "lib/x.js"));
    }

    [Fact]
    public async Task Bundle_WithMapping_SharesFilesInsteadOfCopyingThem()
    {
        Map("a", ("m.js", "m.js"));
        _output.ProjectFile("m.js", "before");
        var bundle = Assert.Single((await _output.DeployAsync()).Bundles);

        await using (var file = new FileStream(Path.Join(_output.Project, "m.js"), FileMode.Open, FileAccess.Write))
            file.Write("BEFORE"u8);

        Assert.Equal("BEFORE", await ReadAsync(bundle, "m.js"));
    }

    [Fact]
    public async Task Bundle_OfAnotherRuntime_IsNotStaged()
    {
        _output.Function("a", """{"runtime":"python3.12","handler":"vc","filePathMap":{"_vendor/x.py":"gone.py"}}""");

        Assert.Single((await _output.DeployAsync()).Bundles);
        Assert.False(Directory.Exists(_output.Staging));
    }

    [Fact]
    public async Task Handler_ThatIsMapped_IsFound()
    {
        _output
            .File(
                "functions/a.func/.vc-config.json",
                """{"runtime":"edge","entrypoint":"index.js","assets":[{"name":"w","path":"w.wasm"}],"filePathMap":{"index.js":"dist/e.js","w.wasm":"w"}}"""
            )
            .ProjectFile("dist/e.js")
            .ProjectFile("w");

        Assert.Equal("source", await ReadAsync(Assert.Single((await _output.DeployAsync()).Bundles), "index.js"));
    }

    [Fact]
    public async Task Bundles_LinkedToOneAnother_AreStagedOnce()
    {
        Map("a", ("m.js", "m.js"));
        _output.ProjectFile("m.js").Link("functions/b.func", "a.func");

        Assert.Single((await _output.DeployAsync()).Bundles);
        Assert.Single(Directory.EnumerateDirectories(_output.Staging));
    }

    [Fact]
    public async Task Bundle_ReadTwice_IsStagedOnce()
    {
        Map("a", ("m.js", "m.js"));
        _output.ProjectFile("m.js");
        var first = Assert.Single((await _output.DeployAsync()).Bundles);
        await File.WriteAllTextAsync(Path.Join(first.Directory, "witness"), "", TestContext.Current.CancellationToken);

        var second = Assert.Single((await _output.DeployAsync()).Bundles);

        Assert.Equal(first.Directory, second.Directory);
        Assert.True(File.Exists(Path.Join(second.Directory, "witness")));
    }

    [Fact]
    public async Task Bundle_WhoseSourceChanged_IsStagedAnew()
    {
        Map("a", ("m.js", "m.js"));
        _output.ProjectFile("m.js", "1");
        var first = Assert.Single((await _output.DeployAsync()).Bundles);

        // A package manager replaces files rather than writing into them.
        File.Delete(Path.Join(_output.Project, "m.js"));
        _output.ProjectFile("m.js", "2");
        var second = Assert.Single((await _output.DeployAsync()).Bundles);

        Assert.Equal("1", await ReadAsync(first, "m.js"));
        Assert.Equal("2", await ReadAsync(second, "m.js"));
    }

    [Fact]
    public async Task Staging_LeftHalfDone_IsDoneAgain()
    {
        Map("a", ("m.js", "m.js"));
        _output.ProjectFile("m.js", "whole");
        var bundle = Assert.Single((await _output.DeployAsync()).Bundles);
        File.Delete(Path.Join(bundle.Directory, "m.js"));
        File.Delete(Path.Join(bundle.Directory, "../complete"));

        var again = Assert.Single((await _output.DeployAsync()).Bundles);

        Assert.Equal(bundle.Directory, again.Directory);
        Assert.Equal("whole", await ReadAsync(again, "m.js"));
        Assert.Single(Directory.EnumerateDirectories(_output.Staging));
    }

    [Fact]
    public async Task Mapping_OfADirectory_TakesAllOfIt()
    {
        Map("a", ("node_modules/m", "packages/m"));
        _output.ProjectFile("packages/m/index.js").ProjectFile("packages/m/lib/x.js", "x");

        Assert.Equal("x", await ReadAsync(Assert.Single((await _output.DeployAsync()).Bundles), "node_modules/m/lib/x.js"));
    }

    [Fact]
    public async Task Mapping_OfALinkToAFile_TakesTheFile()
    {
        Map("a", ("m.js", "link.js"));
        _output.ProjectFile("real/m.js", "real").ProjectLink("link.js", "real/m.js");

        var bundle = Assert.Single((await _output.DeployAsync()).Bundles);

        Assert.Equal("real", await ReadAsync(bundle, "m.js"));
        Assert.Null(new FileInfo(Path.Join(bundle.Directory, "m.js")).LinkTarget);
    }

    [Fact]
    public async Task Mapping_ThroughALinkedDirectory_TakesTheFile()
    {
        Map("a", ("node_modules/m/index.js", "node_modules/m/index.js"));
        _output.ProjectFile("store/m/index.js", "stored").ProjectLink("node_modules", "store");

        Assert.Equal("stored", await ReadAsync(Assert.Single((await _output.DeployAsync()).Bundles), "node_modules/m/index.js"));
    }

    [Fact]
    public async Task Mapping_OfAPackageManagersLinks_KeepsThoseThatStayInside()
    {
        Map(
            "a",
            ("node_modules/a", "node_modules/a"),
            ("node_modules/.pnpm/a@1/node_modules/a/index.js", "node_modules/.pnpm/a@1/node_modules/a/index.js"),
            ("node_modules/.pnpm/a@1/node_modules/b", "node_modules/.pnpm/a@1/node_modules/b"),
            ("node_modules/.pnpm/b@1/node_modules/b/index.js", "node_modules/.pnpm/b@1/node_modules/b/index.js")
        );
        _output
            .ProjectFile("node_modules/.pnpm/a@1/node_modules/a/index.js", "a")
            .ProjectFile("node_modules/.pnpm/b@1/node_modules/b/index.js", "b")
            .ProjectLink("node_modules/a", ".pnpm/a@1/node_modules/a")
            .ProjectLink("node_modules/.pnpm/a@1/node_modules/b", "../../b@1/node_modules/b");

        var bundle = Assert.Single((await _output.DeployAsync()).Bundles);

        // Node resolves a to its real directory and finds b beside it, all inside the bundle.
        var link = new FileInfo(Path.Join(bundle.Directory, "node_modules/a"));
        Assert.Equal(".pnpm/a@1/node_modules/a", link.LinkTarget);
        Assert.Equal("b", await ReadAsync(bundle, "node_modules/.pnpm/a@1/node_modules/b/index.js"));
    }

    [Fact]
    public async Task Mapping_OfALinkToAnotherMappedLink_KeepsBoth()
    {
        Map(
            "a",
            ("node_modules/b", "node_modules/b"),
            ("node_modules/.pnpm/node_modules/b", "node_modules/.pnpm/node_modules/b"),
            ("node_modules/.pnpm/b@1/node_modules/b/index.js", "node_modules/.pnpm/b@1/node_modules/b/index.js")
        );
        _output
            .ProjectFile("node_modules/.pnpm/b@1/node_modules/b/index.js", "b")
            .ProjectLink("node_modules/.pnpm/node_modules/b", "../b@1/node_modules/b")
            .ProjectLink("node_modules/b", ".pnpm/node_modules/b");

        var bundle = Assert.Single((await _output.DeployAsync()).Bundles);

        Assert.Equal(".pnpm/node_modules/b", new FileInfo(Path.Join(bundle.Directory, "node_modules/b")).LinkTarget);
        Assert.Equal("b", await ReadAsync(bundle, "node_modules/b/index.js"));
    }

    [Fact]
    public async Task Mapping_OfALinkToAnUnmappedDirectory_TakesTheDirectory()
    {
        Map("a", ("node_modules/ui", "node_modules/ui"));
        _output.ProjectFile("packages/ui/index.js", "ui").ProjectLink("node_modules/ui", "../packages/ui");

        var bundle = Assert.Single((await _output.DeployAsync()).Bundles);

        Assert.Null(new FileInfo(Path.Join(bundle.Directory, "node_modules/ui")).LinkTarget);
        Assert.Equal("ui", await ReadAsync(bundle, "node_modules/ui/index.js"));
    }

    [Fact]
    public async Task Mapping_FromAnExplicitProjectRoot_IsRelativeToIt()
    {
        Map("a", ("m.js", "apps/web/m.js"));
        _output.ProjectFile("../elsewhere/apps/web/m.js", "elsewhere");

        var deployment = await _output.DeployAsync(_output.Options with { ProjectRoot = Path.Join(_output.Home, "elsewhere") });

        Assert.Equal("elsewhere", await ReadAsync(Assert.Single(deployment.Bundles), "m.js"));
    }

    [Fact]
    public async Task Mapping_OfMissingFiles_NamesAFewAndSaysWhatToDo()
    {
        Map("a", [.. Enumerable.Range(0, 10).Select(static i => ($"m{i}.js", $"m{i}.js"))]);

        var faults = (await _output.ReadAsync()).Faults;

        Assert.Equal(["m0.js", "m1.js", "m2.js"], faults.Select(static fault => fault.Key.Split('"')[1]));
        Assert.All(
            faults,
            static fault =>
            {
                Assert.Equal("functions/a.func/.vc-config.json", fault.File);
                Assert.Contains("vercel build --standalone", fault.Message, StringComparison.Ordinal);
                Assert.Contains("--project-root", fault.Message, StringComparison.Ordinal);
            }
        );
        Assert.Contains("m2.js and 7 more", faults[2].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../m.js", "m.js")]
    [InlineData("/m.js", "m.js")]
    [InlineData("a/../../m.js", "m.js")]
    [InlineData("", "m.js")]
    [InlineData("m.js", "../secret")]
    [InlineData("m.js", "/etc/passwd")]
    [InlineData("m.js", "a/../../secret")]
    [InlineData("m.js", "")]
    [InlineData("m.js", "m\\u0000.js")]
    public async Task Mapping_OutOfTheFunctionOrTheProject_IsAFault(string path, string source)
    {
        _output
            .Function(
                "a",
                $$$$"""{"runtime":"nodejs24.x","handler":"index.js","filePathMap":{"{{{{path}}}}":"{{{{source}}}}"}}"""
            )
            .ProjectFile("m.js")
            .ProjectFile("../secret");

        var fault = await _output.FaultAsync();

        Assert.Equal("functions/a.func/.vc-config.json", fault.File);
        Assert.StartsWith("filePathMap", fault.Key, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_output.Staging));
    }

    [Theory]
    [InlineData("link.js", "../secret")]
    [InlineData("dir/secret", "dir/secret")]
    public async Task Mapping_ThroughALinkOutOfTheProject_IsAFault(string source, string link)
    {
        Map("a", ("m.js", source));
        _output.ProjectFile("../secret");
        if (link == source)
            _output.ProjectLink("dir", "..");
        else
            _output.ProjectLink(source, link);

        var fault = await _output.FaultAsync();

        Assert.Equal("functions/a.func/.vc-config.json", fault.File);
        Assert.Contains("out of the project", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staging_WhereNothingCanBeWritten_IsAFault()
    {
        Map("a", ("m.js", "m.js"));
        _output.ProjectFile("m.js").ProjectFile("../data", "a file where the directory should be");

        var fault = await _output.FaultAsync();

        Assert.Equal("functions/a.func", fault.File);
        Assert.Contains(_output.Staging, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mapping_WithAFileWhereAnotherNeedsADirectory_IsAFault()
    {
        Map("a", ("x", "m.js"), ("x/y", "m.js"));
        _output.ProjectFile("m.js");

        Assert.Equal("functions/a.func", (await _output.FaultAsync()).File);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_output.Staging));
    }

    [Fact]
    public async Task Prune_AfterAChange_RemovesWhatNoDeploymentNeeds()
    {
        Map("a", ("m.js", "m.js"));
        _output.ProjectFile("m.js", "1");
        await _output.DeployAsync();
        File.Delete(Path.Join(_output.Project, "m.js"));
        _output.ProjectFile("m.js", "2");
        var current = await _output.DeployAsync();
        Directory.CreateDirectory(Path.Join(_output.Staging, $"{new string('a', 32)}.{new string('b', 32)}.partial"));
        var foreign = Directory.CreateDirectory(Path.Join(_output.Staging, "somebody-elses"));

        var removed = StagingArea.Prune(_output.Staging, [current]);

        Assert.Equal(2, removed);
        Assert.Equal("2", await ReadAsync(Assert.Single(current.Bundles), "m.js"));
        Assert.True(Directory.Exists(foreign.FullName));
    }

    [Fact]
    public void Prune_OfNothing_RemovesNothing() => Assert.Equal(0, StagingArea.Prune(_output.Staging, []));

    private void Map(string function, params (string Path, string Source)[] map)
    {
        var entries = string.Join(',', map.Select(static entry => $"\"{entry.Path}\":\"{entry.Source}\""));
        _output.Function(function, $$$"""{"runtime":"nodejs24.x","handler":"index.js","filePathMap":{{{{entries}}}}}""");
    }

    private static async Task<string> ReadAsync(FunctionBundle bundle, string path) =>
        await File.ReadAllTextAsync(Path.Join(bundle.Directory, path), TestContext.Current.CancellationToken);
}
