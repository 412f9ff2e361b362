using System.Globalization;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests;

/// <summary>Several instances of a function, and several functions under one ceiling.</summary>
public sealed class PoolTests : IDisposable
{
    /// <summary>Answers with its process, or once the file that the path names is there.</summary>
    private const string Source = """
        import { existsSync, watch } from 'node:fs';
        import { dirname } from 'node:path';
        export default (req, res) => {
          const file = new URL(req.url, 'http://x').searchParams.get('until');
          if (req.url.startsWith('/exit')) process.exit(3);
          if (req.url.startsWith('/loop')) { console.log('loops'); while (true); }
          if (!file) return res.end(String(process.pid));
          const look = () => {
            if (res.writableEnded || !existsSync(file)) return;
            watcher.close();
            res.end(String(process.pid));
          };
          const watcher = watch(dirname(file), look);
          look();
          console.log(`in ${req.url}`);
        };
        """;

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("sp");

    public void Dispose() => _files.Delete(recursive: true);

    [Fact]
    public async Task Requests_BeyondWhatFitsIntoOneInstance_GetAnother()
    {
        await using var host = new TestHost(options =>
            options with
            {
                MaxConcurrencyPerInstance = 2,
                MaxInstancesPerFunction = 2,
            }
        );
        var function = host.Write(Source);

        var held = new List<Task<TestResponse>>();
        for (var i = 0; i < 4; i++)
        {
            held.Add(HoldAsync(host, function, i));
            await host.Logs.WaitAsync($"in /?until={_files.FullName}/a&n={i}");
        }

        Release();
        var processes = (await Task.WhenAll(held)).Select(response => response.Text).ToArray();
        Assert.Equal([2, 2], processes.GroupBy(process => process).Select(group => group.Count()));
        Assert.Equal(2, Signals.Processes(host).Length);
    }

    [Fact]
    public async Task Instance_ThatCrashes_LosesItsOwnRequestsOnly()
    {
        await using var host = new TestHost(options =>
            options with
            {
                MaxConcurrencyPerInstance = 1,
                MaxInstancesPerFunction = 2,
            }
        );
        var function = host.Write(Source);
        var held = HoldAsync(host, function, 0);
        await host.Logs.WaitAsync("in /");

        Assert.Equal(FunctionFailureReason.NoResponse, (await host.FailAsync(function, "/exit")).Reason);

        Release();
        Assert.Equal(200, (await held).Status);
    }

    [Fact]
    public async Task Instance_ThatComputesWithoutEnd_IsPassedBy()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(timeProvider: clock);
        var function = host.Write(Source);
        var first = (await host.GetAsync(function)).Text;
        var lost = host.SendAsync(function, "/loop");
        await host.Logs.WaitAsync("loops");

        // It is asked how it fares after a second, and given another to answer.
        for (var i = 0; i < 8; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        await host.Logs.WaitAsync(entry => entry.Event.Name == "InstanceReady" && Signals.Processes(host).Length == 2);
        for (var i = 0; i < 10; i++)
        {
            Assert.NotEqual(first, (await host.GetAsync(function)).Text);
        }

        Assert.False(lost.IsCompleted);
    }

    [Fact]
    public async Task Crashes_InARow_AreSpacedOutAndRequestsWait()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(timeProvider: clock);
        var function = host.Write(Source);
        await host.FailAsync(function, "/exit");
        await host.FailAsync(function, "/exit");

        var waiting = host.GetAsync(function);
        Assert.Equal(2, Signals.Processes(host).Length);
        Assert.Equal(1, host.Meters.Sum("selvedge.functions.requests.waiting"));
        clock.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal(200, (await waiting).Status);
    }

    [Fact]
    public async Task Ceiling_EndsTheInstanceThatHasBeenIdleLongest()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(options => options with { MaxInstances = 2 }, clock);
        var (oldest, newer, third) = (host.Write(Source), host.Write(Source), host.Write(Source));
        await host.GetAsync(oldest);
        clock.Advance(TimeSpan.FromMilliseconds(10));
        var kept = (await host.GetAsync(newer)).Text;

        await host.GetAsync(third);

        var retired = await host.Logs.WaitForEventAsync("InstanceRetired");
        Assert.Contains($"{oldest.Name} is to end: Evicted", retired.Text, StringComparison.Ordinal);
        Assert.Equal(kept, (await host.GetAsync(newer)).Text);
    }

    [Fact]
    public async Task Ceiling_WithFunctionsThatAreNeverIdle_LetsThemTakeTurns()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(options => options with { MaxInstances = 1 }, clock);
        var (hot, other) = (host.Write(Source), host.Write(Source));
        var held = HoldAsync(host, hot, 0);
        await host.Logs.WaitAsync("in /");
        var waiting = host.GetAsync(other);
        await WaitForAsync(() => host.Host.Context.Budget.IsShort);

        clock.Advance(TimeSpan.FromSeconds(1));
        await host.Logs.WaitAsync("is to end: Evicted");
        var queued = host.GetAsync(hot);
        Release();

        Assert.Equal(200, (await held).Status);
        Assert.Equal(200, (await waiting).Status);
        Assert.Equal(200, (await queued).Status);
    }

    [Fact]
    public async Task TenThousandRequests_ThatWait_AreAnsweredAndHarmNoOtherFunction()
    {
        await using var host = new TestHost(options =>
            options with
            {
                MaxConcurrencyPerInstance = 100,
                MaxInstancesPerFunction = 1,
                MaxQueuedRequests = 10_000,
            }
        );
        var (function, other) = (host.Write(Source), host.Write(Source));
        var held = Enumerable.Range(0, 100).Select(i => HoldAsync(host, function, i)).ToArray();
        await host.Logs.WaitAsync("&n=99");
        var waiting = Enumerable.Range(0, 10_000).Select(_ => host.GetAsync(function)).ToArray();

        var refused = await host.FailAsync(function);
        Assert.Equal(FunctionFailureReason.Unavailable, refused.Reason);
        Assert.Equal(10_000, host.Meters.Sum("selvedge.functions.requests.waiting"));
        Assert.Equal(200, (await host.GetAsync(other)).Status);

        Release();
        Assert.All(await Task.WhenAll([.. held, .. waiting]), response => Assert.Equal(200, response.Status));
        Assert.Equal(0, host.Meters.Sum("selvedge.functions.requests.waiting"));
    }

    [Fact]
    public async Task Requests_ThatWaitTooLong_AreTurnedAway()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(
            options =>
                options with
                {
                    MaxConcurrencyPerInstance = 1,
                    MaxInstancesPerFunction = 1,
                    QueueTimeout = TimeSpan.FromSeconds(60),
                },
            clock
        );
        var function = host.Write(Source);
        var held = HoldAsync(host, function, 0);
        await host.Logs.WaitAsync("in /");
        var waiting = host.SendAsync(function);

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        var failure = (await waiting).Failure;
        Assert.Equal(FunctionFailureReason.Unavailable, failure?.Reason);
        Assert.Contains("within 60 s", failure?.Detail, StringComparison.Ordinal);
        Release();
        await held;
    }

    [Fact]
    public async Task Client_ThatLeavesTheLine_LeavesItToTheOthers()
    {
        await using var host = new TestHost(options =>
            options with
            {
                MaxConcurrencyPerInstance = 1,
                MaxInstancesPerFunction = 1,
            }
        );
        var function = host.Write(Source);
        var held = HoldAsync(host, function, 0);
        await host.Logs.WaitAsync("in /");
        using var client = new CancellationTokenSource();
        var leaving = host.SendAsync(function, cancellationToken: client.Token);
        var staying = host.GetAsync(function);

        await client.CancelAsync();

        Assert.Equal(FunctionFailureReason.ClientGone, (await leaving).Failure?.Reason);
        Release();
        await held;
        Assert.Equal(200, (await staying).Status);
    }

    [Fact]
    public async Task Drain_ThatIsGivenUp_LeavesNobodyWaiting()
    {
        await using var host = new TestHost(options =>
            options with
            {
                MaxConcurrencyPerInstance = 1,
                MaxInstancesPerFunction = 1,
            }
        );
        var function = host.Write(Source);
        var held = host.SendAsync(function, $"/?until={_files.FullName}/a");
        await host.Logs.WaitAsync("in /");
        var waiting = host.SendAsync(function);

        await host.Host.DrainAsync(new CancellationToken(canceled: true)).WaitAsync(TestHost.Patience);

        Assert.Equal(FunctionFailureReason.Unavailable, (await waiting).Failure?.Reason);
        Assert.Equal(FunctionFailureReason.NoResponse, (await held).Failure?.Reason);
    }

    [Fact]
    public async Task MinInstances_StayWithoutRequests()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(options => options with { MinInstances = 1 }, clock);
        var function = host.Write(Source);
        var process = (await host.GetAsync(function)).Text;

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(process, (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task Buffers_PastTheLimit_EndTheInstanceAndHarmNoOtherFunction()
    {
        await using var host = new TestHost(options => options with { MaxResidentBytes = 150 << 20 });
        var function = host.Write(
            """
            export default (req, res) => {
              const hoard = [];
              while (req.url === '/hoard' && hoard.length < 60) hoard.push(Buffer.alloc(10e6, 1));
              while (req.url === '/hoard');
              res.end('ok');
            };
            """
        );
        var other = host.Write("export default (req, res) => res.end('other')");
        await host.GetAsync(function);

        var hoarding = host.FailAsync(function, "/hoard");

        Assert.Equal("other", (await host.GetAsync(other)).Text);
        Assert.Equal(FunctionFailureReason.NoResponse, (await hoarding).Reason);
        Assert.Contains(
            "MiB that it may, and is killed",
            (await host.Logs.WaitForEventAsync("InstanceOutgrows")).Text,
            StringComparison.Ordinal
        );
        Assert.Equal("ok", (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task Metrics_TellWhatHappened()
    {
        await using var host = new TestHost();
        var function = host.Write(Source);
        await host.GetAsync(function);
        Assert.Equal(1, host.Meters.Sum("selvedge.functions.instances functions.state=ready"));

        await host.FailAsync(function, "/exit");
        await host.Logs.WaitForEventAsync("InstanceDied");
        await host.GetAsync(function);

        Assert.Equal(2, host.Meters.Count("selvedge.functions.start.duration functions.blank=False functions.succeeded=True"));
        Assert.Equal(1, host.Meters.Sum("selvedge.functions.ends functions.reason=Crashed"));
        Assert.Equal(0, host.Meters.Sum("selvedge.functions.requests.active"));
        Assert.Equal(0, host.Meters.Sum("selvedge.functions.requests.waiting"));
        Assert.Equal(0, host.Meters.Sum("selvedge.functions.instances functions.state=starting"));
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    private async Task<TestResponse> HoldAsync(TestHost host, FunctionSpec function, int number) =>
        await host.GetAsync(function, string.Create(CultureInfo.InvariantCulture, $"/?until={_files.FullName}/a&n={number}"));

    private void Release() => File.WriteAllText(Path.Combine(_files.FullName, "a"), "");
}
