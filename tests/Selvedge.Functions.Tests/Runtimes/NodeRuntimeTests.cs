using System.Runtime.InteropServices;
using Selvedge.Functions.Runtimes;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests.Runtimes;

public sealed class NodeRuntimeTests
{
    [Fact]
    public async Task Find_SettingWinsOverProjectOverPath()
    {
        using var named = Node("v22.1.0", "other");
        using var project = Node("v24.0.0", "node_modules/node/bin/node");
        using var path = Node("v20.20.2", "node");

        var byName = await FindAsync(named.Path, project.Root, path.Root);
        var byProject = await FindAsync("", project.Root, path.Root);
        var byPath = await FindAsync("", projectRoot: path.Root, path.Root);

        Assert.Equal(new NodeRuntime(named.Path, NodeSource.Setting, new Version(22, 1, 0)), byName.Runtime);
        Assert.Equal(new NodeRuntime(project.Path, NodeSource.Project, new Version(24, 0, 0)), byProject.Runtime);
        Assert.Equal(new NodeRuntime(path.Path, NodeSource.Path, new Version(20, 20, 2)), byPath.Runtime);
    }

    [Fact]
    public async Task Find_NameInTheSetting_IsLookedUp()
    {
        using var path = Node("v22.1.0", "node22");

        var (runtime, _) = await FindAsync("node22", null, $"/nowhere:{path.Root}");

        Assert.Equal(new NodeRuntime(path.Path, NodeSource.Setting, new Version(22, 1, 0)), runtime);
    }

    [Fact]
    public async Task Find_ThatOnlyNpmsPlatformPackageHolds_IsTheProjectsOwn()
    {
        var platform = OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        using var project = Node("v24.0.0", $"node_modules/node-{platform}-{architecture}/bin/node");

        Assert.Equal(NodeSource.Project, (await FindAsync("", project.Root, "/nowhere")).Runtime!.Source);
    }

    [Theory]
    [InlineData("v18.20.0", "is Node.js 18.20.0; functions need 20 or later.")]
    [InlineData("hello", "does not answer as Node.js does; name a Node.js 20 or later.")]
    public async Task Find_WhatIsNoNodeToUse_SaysWhy(string answer, string fault)
    {
        using var node = Node(answer, "node");

        var found = await FindAsync("", null, node.Root);

        Assert.Null(found.Runtime);
        Assert.Equal($"'{node.Path}' {fault}", found.Fault);
    }

    [Fact]
    public async Task Find_Nothing_SaysWhatToDo()
    {
        var found = await FindAsync("", null, "/nowhere");

        Assert.StartsWith("There is no Node.js in PATH; install Node.js 20 or later", found.Fault);
    }

    [Fact]
    public async Task Find_FileThatCannotBeRun_IsPassedOver()
    {
        using var node = Node("v24.0.0", "node");
        File.Create(Path.Combine(node.Root, "plain")).Dispose();

        Assert.Equal(
            "'plain' cannot be started: there is no such program; name a Node.js 20 or later.",
            (await FindAsync("plain", null, node.Root)).Fault
        );
    }

    private static TemporaryScript Node(string version, string path) => new($"echo {version}", path);

    private static Task<(NodeRuntime? Runtime, string? Fault)> FindAsync(string setting, string? projectRoot, string path) =>
        NodeRuntime.FindAsync(setting, projectRoot, path, TimeProvider.System, TestContext.Current.CancellationToken);
}
