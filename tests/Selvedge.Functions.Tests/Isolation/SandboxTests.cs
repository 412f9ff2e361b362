using Selvedge.Functions.Isolation;
using Selvedge.Functions.Runtimes;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests.Isolation;

/// <summary>Functions in sandboxes, where this machine lets them be made.</summary>
public sealed class SandboxTests
{
    private const string Try = """
        const attempt = async (work) => { try { return await work(); } catch (error) { return error.code ?? error.message; } };
        """;

    [Fact]
    public async Task Function_InASandbox_Answers()
    {
        await using var host = await StartAsync();

        Assert.Equal(
            "ok /index",
            (await host.GetAsync(host.Write("export default (req, res) => res.end(`ok ${req.url}`)"), "/index")).Text
        );
    }

    [Fact]
    public async Task EdgeFunction_InASandbox_Answers()
    {
        await using var host = await StartAsync();

        Assert.Equal("edge", (await host.GetAsync(host.WriteEdge("export default () => new Response('edge');"))).Text);
    }

    [Fact]
    public async Task Function_InASandbox_SeesItsOwnFilesAndNoOthers()
    {
        await using var host = await StartAsync();
        var other = host.Write("export default (req, res) => res.end('other')");
        var function = host.Write(
            $$"""
            import fs from 'node:fs';
            {{Try}}
            export default async (req, res) => res.end([
              await attempt(() => fs.readFileSync('index.mjs').length > 0),
              await attempt(() => fs.writeFileSync('index.mjs', '')),
              await attempt(() => fs.readFileSync('{{other.Directory}}/index.mjs')),
              await attempt(() => fs.readFileSync('/etc/shadow')),
              await attempt(() => fs.writeFileSync('/usr/x', '')),
              await attempt(() => fs.readdirSync('/root')),
              await attempt(() => fs.readdirSync('/home')),
            ].join(' '));
            """
        );

        Assert.Equal("true EROFS ENOENT ENOENT EROFS ENOENT ENOENT", (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task Function_InASandbox_SeesNoOtherProcess()
    {
        await using var host = await StartAsync();
        var function = host.Write(
            """
            import fs from 'node:fs';
            export default (req, res) => {
              const ids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
              const commands = ids.map((id) => fs.readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')[0].split('/').at(-1));
              res.end(commands.join(' '));
            };
            """
        );

        // The first is the sandbox's own, which reaps what the function leaves behind.
        Assert.Equal("bwrap node", (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task Function_InASandbox_HasATemporaryDirectoryOfItsOwn()
    {
        await using var host = await StartAsync();
        const string source = """
            import fs from 'node:fs';
            import os from 'node:os';
            export default (req, res) => {
              const path = os.tmpdir() + '/mine';
              const before = fs.existsSync(path);
              fs.writeFileSync(path, 'x');
              res.end(`${os.tmpdir()} ${os.homedir()} ${before}`);
            };
            """;

        Assert.Equal("/tmp /tmp false", (await host.GetAsync(host.Write(source))).Text);
        Assert.Equal("/tmp /tmp false", (await host.GetAsync(host.Write(source))).Text);
    }

    [Fact]
    public async Task Function_InASandbox_FindsNoSocketButItsOwn()
    {
        await using var host = await StartAsync();
        await host.GetAsync(host.Write("export default (req, res) => res.end()"));
        var function = host.Write(
            """
            import fs from 'node:fs';
            import path from 'node:path';
            const sockets = (directory) => fs.readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
              entry.isDirectory() ? sockets(path.join(directory, entry.name)) : entry.isSocket() ? [entry.name] : []);
            export default (req, res) => res.end(sockets('/tmp').join(' '));
            """
        );

        Assert.Equal("http", (await host.GetAsync(function)).Text);
    }

    [Theory]
    [InlineData(true, "answered")]
    [InlineData(false, "ECONNREFUSED")]
    public async Task Network_IsThereAsConfigured(bool network, string expected)
    {
        await using var origin = new GzipOrigin();
        await using var host = await StartAsync(new SandboxOptions { Network = network });
        var function = host.Write(
            $$"""
            export default async (req, res) =>
              res.end(await fetch('{{origin.Url}}').then(() => 'answered', (error) => error.cause?.code ?? error.message));
            """
        );

        Assert.Equal(expected, (await host.GetAsync(function)).Text);
        if (!network)
        {
            // It was there to be reached.
            using var client = new HttpClient();
            using var answer = await client.GetAsync(new Uri(origin.Url), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Function_ThatDiesInASandbox_LeavesItsExitCodeAndIsReplaced()
    {
        await using var host = await StartAsync();
        var function = host.Write("export default (req, res) => req.url === '/die' ? process.exit(7) : res.end('alive')");

        Assert.Equal(FunctionFailureReason.NoResponse, (await host.FailAsync(function, "/die")).Reason);
        Assert.Equal("alive", (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task Function_ThatHangsInASandbox_IsKilledWhole()
    {
        await using var host = await StartAsync();
        var function = host.Write(
            "export default (req, res) => { if (req.url === '/hang') while (true); res.end(String(process.pid)); }"
        ) with
        {
            MaxDuration = TimeSpan.FromSeconds(1),
        };

        Assert.Equal(FunctionFailureReason.TimedOut, (await host.FailAsync(function, "/hang")).Reason);
        await host.Logs.WaitForEventAsync("InstanceHangs");
        await host.Logs.WaitForEventAsync("InstanceDied");
        Assert.Equal("2", (await host.GetAsync(function)).Text);
        await host.Host.RetireAsync(function, CancellationToken.None);
        Assert.DoesNotContain(
            Directory.GetDirectories("/proc").Select(CommandLineOf),
            command => command.Contains(function.Directory, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Probe_WhereBubblewrapIsMissing_SaysHowToGetIt()
    {
        var fault = await SandboxProbe.FindFaultAsync(
            new SandboxOptions { BubblewrapPath = "no-such-bwrap" },
            "/usr/bin/node",
            Environment.GetEnvironmentVariable("PATH"),
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );

        Assert.Equal("Sandboxes need bubblewrap, and there is no 'no-such-bwrap' here: install the package 'bubblewrap'.", fault);
    }

    [Fact]
    public async Task Probe_WhereBubblewrapRefuses_TellsItsWords()
    {
        using var directory = new TemporaryScript("echo 'bwrap: No permissions to create new namespace' >&2; exit 1");

        var fault = await SandboxProbe.FindFaultAsync(
            new SandboxOptions { BubblewrapPath = directory.Path },
            "/usr/bin/node",
            searchPath: null,
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );

        Assert.StartsWith(
            "bubblewrap cannot make a sandbox here: bwrap: No permissions to create new namespace. Containers",
            fault
        );
    }

    private static string CommandLineOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            // It is none, or is gone.
            return "";
        }
    }

    private static async Task<TestHost> StartAsync(SandboxOptions? options = null)
    {
        options ??= new SandboxOptions();
        var (node, fault) = await NodeRuntime.FindAsync(
            TestHost.NodePath,
            projectRoot: null,
            Environment.GetEnvironmentVariable("PATH"),
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
        Assert.Null(fault);
        var obstacle = await SandboxProbe.FindFaultAsync(
            options,
            node!.Path,
            Environment.GetEnvironmentVariable("PATH"),
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
        Assert.SkipWhen(obstacle is not null, obstacle ?? "");
        return new TestHost(host => host with { Isolation = FunctionIsolation.Sandbox, Sandbox = options });
    }
}
