using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Cli.Tests;

/// <summary>What <c>selvedge doctor</c> finds.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task Doctor_AHealthyProject_ExitsWithZeroAndChecksEverything()
    {
        using var site = Site("{}", node: "v24.0.0");

        var (exitCode, findings) = await RunAsync(site);

        Assert.Equal(0, exitCode);
        Assert.Equal("ok", findings["site"].Verdict);
        Assert.Equal("ok", findings["node"].Verdict);
        Assert.EndsWith("because the project has it installed", findings["node"].Message);
        Assert.Subset(
            findings.Keys.ToHashSet(),
            new HashSet<string> { "sandbox", "data directory", "address", "memory", "sockets", "openssl" }
        );
    }

    [Theory]
    [InlineData("v18.20.1", "fault", "is Node.js 18.20.1; functions need 20 or later.")]
    [InlineData("v20.20.2", "warning", "24 is faster; `npm install node@24` in the project")]
    [InlineData("v23.1.0", "warning", "Odd versions get no fixes after half a year")]
    [InlineData("v26.0.0", "warning", "It is newer than 24, the newest that is tested.")]
    [InlineData("what?", "fault", "does not answer as Node.js does")]
    public async Task Doctor_Node_IsJudgedByItsVersion(string version, string verdict, string message)
    {
        using var site = Site("{}", version);

        var (exitCode, findings) = await RunAsync(site);

        Assert.Equal(verdict == "fault" ? 1 : 0, exitCode);
        Assert.Equal(verdict, findings["node"].Verdict);
        Assert.Contains(message, findings["node"].Message);
    }

    [Fact]
    public async Task Doctor_NodeOfTheSettingBesideTheProjectsOwn_SaysSo()
    {
        using var site = Site("{}", "v24.0.0");
        site.Write("selvedge.json", $$"""{ "Functions": { "NodePath": "{{Script(site, "other", "v22.0.0")}}" } }""");

        var result = await CommandProcess.RunAsync("doctor", site.Path);

        Assert.Contains("other, because Functions:NodePath names it. 24 is faster", result.Output, StringComparison.Ordinal);
        Assert.Contains("which is not used; empty Functions:NodePath to use it.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_SandboxThatCannotBeMade_IsAFaultOnlyWhereItIsAskedFor()
    {
        using var asked = Site("""{"Functions":{"Isolation":"sandbox","BubblewrapPath":"no-such-bwrap"}}""", "v24.0.0");
        using var off = Site("""{"Functions":{"BubblewrapPath":"no-such-bwrap"}}""", "v24.0.0");

        Assert.Equal((1, "fault"), Verdict(await RunAsync(asked), "sandbox"));
        Assert.Equal((0, "ok"), Verdict(await RunAsync(off), "sandbox"));
    }

    [Fact]
    public async Task Doctor_AddressThatIsTaken_IsAWarning()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var site = Site($$"""{"Urls":"http://{{listener.LocalEndpoint}}"}""", "v24.0.0");

        Assert.Equal((0, "warning"), Verdict(await RunAsync(site), "address"));
    }

    [Fact]
    public async Task Doctor_DataDirectoryThatCannotBe_IsAFault()
    {
        using var site = Site("""{"DataDirectory":"/proc/selvedge"}""", "v24.0.0");

        Assert.Equal((1, "fault"), Verdict(await RunAsync(site), "data directory"));
    }

    [Fact]
    public async Task Doctor_FlagsOfServe_AreWhatIsLookedAt()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var site = Site("{}", "v24.0.0");
        string[] flags = ["--urls", $"http://{listener.LocalEndpoint}", "--data-dir", "/proc/selvedge"];

        var run = await RunAsync(site, flags);

        Assert.Equal((1, "fault"), Verdict(run, "data directory"));
        Assert.Equal((1, "warning"), Verdict(run, "address"));
    }

    [Fact]
    public async Task Doctor_CacheLargerThanTheMachine_IsAWarning()
    {
        using var site = Site("""{"Cache":{"MemoryBytes":4611686018427387904}}""", "v24.0.0");

        Assert.Equal((0, "warning"), Verdict(await RunAsync(site), "memory"));
    }

    [Theory]
    [InlineData("""{"TrustedProxies":["10.0.0.1"]}""")]
    [InlineData("""{"Urls":"http://*:0"}""")]
    public async Task Doctor_SiteWithoutNameThatOthersReach_IsAWarning(string settings)
    {
        using var site = Site(settings, "v24.0.0");

        Assert.Equal((0, "warning"), Verdict(await RunAsync(site), "hosts"));
    }

    [Fact]
    public async Task Doctor_FaultySettings_AreToldAll()
    {
        using var site = Site("""{"Region":"dev1","Urls":"nonsense"}""", "v24.0.0");

        var result = await CommandProcess.RunAsync("doctor", site.Path);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("fault    settings  Urls: 'nonsense'", result.Output, StringComparison.Ordinal);
        Assert.Contains("fault    settings  Region:", result.Output, StringComparison.Ordinal);
    }

    private static (int, string) Verdict((int ExitCode, Dictionary<string, FindingRow> Findings) run, string check) =>
        (run.ExitCode, run.Findings[check].Verdict);

    private static async Task<(int ExitCode, Dictionary<string, FindingRow> Findings)> RunAsync(
        TempDirectory site,
        params string[] flags
    )
    {
        var result = await CommandProcess.RunAsync(["doctor", site.Path, "--json", .. flags]);
        var rows = JsonSerializer.Deserialize<FindingRow[]>(result.Output, JsonSerializerOptions.Web)!;
        return (result.ExitCode, rows.ToDictionary(row => row.Check));
    }

    private static TempDirectory Site(string settings, string node)
    {
        var site = new TempDirectory();
        site.Write("selvedge.json", settings);
        site.Write("config.json", """{"version":3}""");
        Script(site, "node_modules/node/bin/node", node);
        return site;
    }

    private static string Script(TempDirectory site, string path, string answer)
    {
        site.Write(path, $"#!/bin/sh\necho '{answer}'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(site.Combine(path), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return site.Combine(path);
    }

    private sealed record FindingRow(string Check, string Verdict, string Message);
}
