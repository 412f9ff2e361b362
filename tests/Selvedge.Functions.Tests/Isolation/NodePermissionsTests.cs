using Selvedge.Functions.Isolation;
using Selvedge.Functions.Runtimes;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests.Isolation;

public sealed class NodePermissionsTests
{
    private const string Attempts = """
        import childProcess from 'node:child_process';
        import fs from 'node:fs';
        import os from 'node:os';
        import { Worker } from 'node:worker_threads';
        const attempt = (work) => { try { return work(); } catch (error) { return error.code; } };
        export default (req, res) => res.end([
          attempt(() => fs.readFileSync('index.mjs').length > 0),
          attempt(() => fs.readFileSync('/etc/passwd')),
          attempt(() => fs.writeFileSync('index.mjs', '')),
          attempt(() => (fs.writeFileSync(`${os.tmpdir()}/x`, 'kept'), fs.readFileSync(`${os.tmpdir()}/x`, 'utf8'))),
          attempt(() => childProcess.spawnSync('true').status),
          attempt(() => typeof new Worker('', { eval: true })),
        ].join(' '));
        """;

    [Fact]
    public async Task Function_UnderPermissions_HasItsOwnFilesAndATemporaryDirectory()
    {
        await using var host = await StartAsync();

        Assert.Equal(
            "true ERR_ACCESS_DENIED ERR_ACCESS_DENIED kept ERR_ACCESS_DENIED ERR_ACCESS_DENIED",
            (await host.GetAsync(host.Write(Attempts))).Text
        );
    }

    [Fact]
    public async Task Function_UnderPermissions_MayWhatIsAllowed()
    {
        await using var host = await StartAsync("child-process", "worker");

        Assert.Equal("true ERR_ACCESS_DENIED ERR_ACCESS_DENIED kept 0 object", (await host.GetAsync(host.Write(Attempts))).Text);
    }

    [Fact]
    public async Task EdgeFunction_UnderPermissions_Answers()
    {
        await using var host = await StartAsync();
        var function = host.WriteEdge(
            "import { a } from './a.js'; export default () => new Response(a);",
            files: ("a.js", "export const a = 'edge';")
        );

        Assert.Equal("edge", (await host.GetAsync(function)).Text);
    }

    [Theory]
    [InlineData(22, "--experimental-permission --disable-warning=ExperimentalWarning")]
    [InlineData(24, "--permission")]
    public void Flags_AreSpelledAsTheVersionWants(int major, string beginning)
    {
        var permissions = new NodePermissions { NodeMajor = major, Allowed = ["addons"] };

        Assert.Equal(
            $"{beginning} --allow-fs-read=/app/ --allow-fs-read=/tmp/1/ --allow-fs-write=/tmp/1/ --allow-addons",
            string.Join(' ', permissions.Flags(["/app"], ["/tmp/1"]))
        );
    }

    private static async Task<TestHost> StartAsync(params string[] allowed)
    {
        var (node, fault) = await NodeRuntime.FindAsync(
            TestHost.NodePath,
            projectRoot: null,
            Environment.GetEnvironmentVariable("PATH"),
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
        Assert.Null(fault);
        return new TestHost(options =>
            options with
            {
                Permissions = new NodePermissions { NodeMajor = node!.Version.Major, Allowed = allowed },
            }
        );
    }
}
