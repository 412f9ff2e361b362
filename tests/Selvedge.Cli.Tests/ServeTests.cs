using Selvedge.Testing;

namespace Selvedge.Cli.Tests;

/// <summary>What <c>selvedge serve</c> takes from its flags, and how it ends.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task Serve_AdminUrls_AreTheSetting()
    {
        var result = await CommandProcess.RunAsync("serve", "--admin-urls", "nonsense");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Admin:Urls: 'nonsense'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_StreamsAloneToldToStop_EndsWithSuccess()
    {
        await using var server = await SelvedgeProcess.StartAsync(directory: null);

        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task Serve_ToldToStopASecondTime_EndsAtOnceAndSaysSo()
    {
        var held = new Gate();
        await using var origin = await FakeOrigin.StartAsync((_, http) => held.PassAsync(http.RequestAborted));
        using var site = new TempDirectory();
        site.Write("config.json", $$"""{"version":3,"routes":[{"src":"/(.*)","dest":"{{origin.BaseAddress}}$1"}]}""");
        await using var server = await SelvedgeProcess.StartAsync(site.Path);
        using var client = PlainHttp.CreateClient(server.BaseAddress);
        var request = client.GetAsync("/held", TestContext.Current.CancellationToken);
        await held.ArrivalAsync();

        server.Terminate();
        await server.PrintsAsync("Stopping: requests under way finish first.");
        Assert.False(server.Exited.IsCompleted);
        server.Terminate();

        Assert.Equal(130, await server.Exited.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.EndsWith($"Ended by a second signal: requests under way were cut off.{Environment.NewLine}", server.Output);
        await Assert.ThrowsAsync<HttpRequestException>(() => request);
    }

    [Theory]
    [InlineData("jwt", "Streams: on, for those with a token (selvedge projects)")]
    [InlineData("none", "Streams: on, for everybody who reaches them (Streams:Auth is none)")]
    public async Task Serve_Summary_SaysWhomStreamsAnswer(string auth, string line)
    {
        await using var server = await SelvedgeProcess.StartAsync(directory: null, environment: Auth(auth));

        Assert.Contains(line, server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_BesideASite_OpensNoStreamsBeforeThereIsAProject()
    {
        using var data = new TempDirectory();
        await using var server = await SelvedgeProcess.StartAsync(Repository.Path("samples", "hello"), data.Path);

        Assert.Contains("Streams: off until there is a project", server.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data.Combine("streams")));
    }

    [Fact]
    public async Task Serve_OpenStreamsOnTheNetwork_AreAFaultThatSaysWhatToDo()
    {
        using var data = new TempDirectory();
        string[] arguments = ["serve", "--urls", "http://*:0", "--data-dir", data.Path];

        var result = await CommandProcess.RunAsync(arguments, Auth("none"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Streams:Auth: none would let everybody", result.Error, StringComparison.Ordinal);
        Assert.Contains("Streams:OpenToNetwork=true", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_DamagedProjects_IsAFaultAtStart()
    {
        using var data = new TempDirectory();
        data.Write("projects.json", "{");

        var result = await CommandProcess.RunAsync("serve", "--urls", "http://127.0.0.1:0", "--data-dir", data.Path);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("projects.json", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_NodeThatIsNotThere_IsAFaultAtStart()
    {
        using var site = SiteWithFunction("""{"Functions":{"NodePath":"no-such-node"}}""");

        var result = await CommandProcess.RunAsync("serve", site.Path, "--data-dir", site.Combine("data"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Functions:NodePath: 'no-such-node' cannot be started", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_NodeThatIsAnotherProgram_IsAFaultAtStart()
    {
        using var site = SiteWithFunction("""{"Functions":{"NodePath":"echo"}}""");

        var result = await CommandProcess.RunAsync("serve", site.Path, "--data-dir", site.Combine("data"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("echo' does not answer as Node.js does", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_SandboxThatCannotBeMade_IsAFaultAtStart()
    {
        using var site = SiteWithFunction("""{"Functions":{"Isolation":"sandbox","BubblewrapPath":"no-such-bwrap"}}""");

        var result = await CommandProcess.RunAsync("serve", site.Path, "--data-dir", site.Combine("data"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Functions:Isolation: Sandboxes need", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_IsolationThatThereIsNot_IsAFaultThatNamesThoseThereAre()
    {
        using var site = SiteWithFunction("""{"Functions":{"Isolation":"jail","NodePermissionsAllow":["everything"]}}""");

        var result = await CommandProcess.RunAsync("serve", site.Path, "--data-dir", site.Combine("data"));

        Assert.Contains("Functions:Isolation: 'jail' is not one of process, sandbox.", result.Error, StringComparison.Ordinal);
        Assert.Contains("Functions:NodePermissionsAllow:0: 'everything' is nothing", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_ProjectWithANodeOfItsOwn_UsesThat()
    {
        using var site = SiteWithFunction("{}");
        site.Write("node_modules/node/bin/node", "#!/bin/sh\necho v18.0.0\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(site.Combine("node_modules/node/bin/node"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var result = await CommandProcess.RunAsync("serve", site.Path, "--data-dir", site.Combine("data"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            "node_modules/node/bin/node' is Node.js 18.0.0; functions need 20",
            result.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Serve_StagingOfABuildThatIsGone_IsRemoved()
    {
        using var data = new TempDirectory();
        var stale = data.Combine("functions", "0123456789abcdef0123456789abcdef");
        Directory.CreateDirectory(stale);

        await using var server = await SelvedgeProcess.StartAsync(Repository.Path("samples", "hello"), data.Path);

        Assert.False(Directory.Exists(stale));
        Assert.Equal(0, await server.StopAsync());
    }

    [Theory]
    [InlineData("false", "id=route")]
    [InlineData("true", "id=client")]
    public async Task Route_RequestQueryWins_SaysWhoseValueStands(string setting, string query)
    {
        using var site = SiteWithFunction($$"""{ "Routing": { "RequestQueryWins": {{setting}} } }""");

        var result = await CommandProcess.RunAsync("route", site.Path, "GET", "/r?id=client", "--json");

        Assert.Contains($"\"query\": \"{query}\"", result.Output, StringComparison.Ordinal);
    }

    private static TempDirectory SiteWithFunction(string settings)
    {
        var site = new TempDirectory();
        site.Write("selvedge.json", settings);
        site.Write("config.json", """{"version":3,"routes":[{"src":"^/r$","dest":"/f?id=route"}]}""");
        site.Write("functions/f.func/.vc-config.json", """{"runtime":"nodejs24.x","handler":"i.mjs","launcherType":"Nodejs"}""");
        site.Write("functions/f.func/i.mjs", "export default (req, res) => res.end()");
        return site;
    }

    private static Dictionary<string, string> Auth(string auth) =>
        new(StringComparer.Ordinal) { ["SELVEDGE_STREAMS__AUTH"] = auth };
}
