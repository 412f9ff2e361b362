using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests;

/// <summary>When instances start and end, on a clock that the test moves.</summary>
public sealed class LifetimeTests
{
    private const string Endless =
        "export default (req, res) => { if (req.url === '/loop') { console.log('in'); while (true); } else if (req.url === '/never') console.log('in'); else if (req.url === '/body') res.write('x'); else res.end(String(process.pid)); }";

    [Fact]
    public async Task Requests_ThatComeBeforeTheInstanceIsReady_ShareItsStart()
    {
        await using var host = new TestHost();
        var function = host.Write("export default (req, res) => res.end(String(process.pid))");

        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.GetAsync(function)));

        Assert.Single(responses.Select(response => response.Text).Distinct());
    }

    [Fact]
    public async Task MaxDuration_BeforeTheResponse_TimesOutAndTheInstanceGoesOn()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(timeProvider: clock);
        var function = host.Write(Endless);
        var process = (await host.GetAsync(function)).Text;
        var sending = host.SendAsync(function, "/never");
        await host.Logs.WaitAsync(": in");

        clock.Advance(TimeSpan.FromSeconds(300));

        Assert.Equal(FunctionFailureReason.TimedOut, (await sending).Failure?.Reason);
        Assert.Equal(process, (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task MaxDuration_InTheMiddleOfTheBody_IsAnErrorToTheReader()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(timeProvider: clock);
        var outcome = await host.SendAsync(host.Write(Endless) with { MaxDuration = TimeSpan.FromSeconds(10) }, "/body");
        await using var response = outcome.Response!;
        await response.Body.ReadExactlyAsync(new byte[1]);
        var reading = response.Body.ReadAsync(new byte[1]).AsTask();

        clock.Advance(TimeSpan.FromSeconds(10));

        var exception = await Assert.ThrowsAsync<FunctionBodyException>(() => reading);
        Assert.Equal(FunctionFailureReason.TimedOut, exception.Reason);
    }

    [Fact]
    public async Task EndlessLoop_PastItsDuration_IsKilledAndReplacedAndHarmsNoOtherFunction()
    {
        var clock = new ManualClock();
        // One process: another, started because this one is stuck, would find its time to start over in the same step of the clock.
        await using var host = new TestHost(options => options with { MaxInstancesPerFunction = 1 }, clock);
        var function = host.Write(Endless);
        var other = host.Write("export default (req, res) => res.end('other')");
        var process = (await host.GetAsync(function)).Text;
        var sending = host.SendAsync(function, "/loop");
        await host.Logs.WaitAsync(": in");
        Assert.Equal("other", (await host.GetAsync(other)).Text);

        clock.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal(FunctionFailureReason.TimedOut, (await sending).Failure?.Reason);
        clock.Advance(TimeSpan.FromSeconds(2));

        await host.Logs.WaitForEventAsync("InstanceHangs");
        await host.Logs.WaitForEventAsync("InstanceDied");
        Assert.NotEqual(process, (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task IdleInstance_EndsAndTheNextRequestStartsAnother()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(timeProvider: clock);
        var function = host.Write("export default (req, res) => res.end(String(process.pid))");
        var first = (await host.GetAsync(function)).Text;
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(first, (await host.GetAsync(function)).Text);

        // Five minutes after the start, but not after the last request.
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(first, (await host.GetAsync(function)).Text);
        clock.Advance(TimeSpan.FromMinutes(5));

        var ended = await host.Logs.WaitForEventAsync("InstanceEnded");
        Assert.Contains("exit code 0", ended.Text, StringComparison.Ordinal);
        Assert.NotEqual(first, (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task Instance_WithARequest_IsNotIdle()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(timeProvider: clock);
        var function = host.Write(Endless) with { MaxDuration = TimeSpan.FromHours(1) };
        var outcome = await host.SendAsync(function, "/body");
        await using var response = outcome.Response!;

        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.DoesNotContain(host.Logs.Entries, entry => entry.Event.Name == "InstanceRetired");
    }

    [Fact]
    public async Task Start_ThatTakesTooLong_Fails()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(timeProvider: clock);
        var sending = host.SendAsync(host.Write("console.log('loading'); await new Promise(() => {})"));
        await host.Logs.WaitAsync("loading");

        clock.Advance(TimeSpan.FromSeconds(30));

        var failure = (await sending).Failure;
        Assert.Equal(FunctionFailureReason.StartFailed, failure?.Reason);
        Assert.Contains("not ready within 30 s", failure?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starts_ThatFail_AreSpacedOut()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(timeProvider: clock);
        var function = host.Write("throw new Error('broken')");

        await host.FailAsync(function);
        await host.FailAsync(function);
        Assert.Equal(2, Starts(host));

        var refused = await host.FailAsync(function);
        Assert.Contains("The next attempt is made in 0.5 s", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(2, Starts(host));

        clock.Advance(TimeSpan.FromMilliseconds(500));
        await host.FailAsync(function);
        Assert.Equal(3, Starts(host));
    }

    [Fact]
    public async Task Requests_BeyondTheConcurrency_WaitInOrder()
    {
        await using var host = new TestHost(options =>
            options with
            {
                MaxConcurrencyPerInstance = 1,
                MaxInstancesPerFunction = 1,
                MaxQueuedRequests = 1,
            }
        );
        var function = host.Write(
            "export default (req, res) => { console.log(`${req.url} is in`); if (req.url === '/1') globalThis.go = () => res.end(); else res.end(); }; process.on('SIGUSR2', () => globalThis.go());"
        );
        var first = host.SendAsync(function, "/1");
        await host.Logs.WaitAsync("/1 is in");
        var second = host.SendAsync(function, "/2");

        var third = await host.SendAsync(function, "/3");

        Assert.Equal(FunctionFailureReason.Unavailable, third.Failure?.Reason);
        Assert.DoesNotContain(host.Logs.Entries, entry => entry.Text.Contains("/2 is in", StringComparison.Ordinal));
        Signals.Send(host, "SIGUSR2");
        await TestResponse.ReadAsync(await first);
        Assert.Equal(200, (await TestResponse.ReadAsync(await second)).Status);
    }

    [Fact]
    public async Task TwoThousandRequestsAtOnce_AreAllAnswered()
    {
        await using var host = new TestHost(options => options with { MaxConcurrencyPerInstance = 2000 });
        var function = host.Write("export default (req, res) => setImmediate(() => res.end(req.url))");

        var responses = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => host.GetAsync(function, $"/{i}")));

        Assert.Equal(Enumerable.Range(0, 2000).Select(i => $"/{i}"), responses.Select(response => response.Text));
    }

    [Fact]
    public async Task Drain_WaitsForTheResponseAndForWaitUntil()
    {
        await using var host = new TestHost();
        var function = host.Write(
            """
            const context = () => globalThis[Symbol.for('@vercel/request-context')].get();
            export default (req, res) => {
              context().waitUntil(new Promise((done) => { globalThis.go = done; }).then(() => console.log('work is done')));
              res.write('a');
              console.log('in');
              globalThis.end = () => res.end('b');
            };
            process.on('SIGUSR2', () => globalThis.end());
            process.on('SIGWINCH', () => globalThis.go());
            """
        );
        var outcome = await host.SendAsync(function);
        await host.Logs.WaitAsync(": in");

        var draining = host.Host.DrainAsync(CancellationToken.None);
        Assert.Equal(FunctionFailureReason.Unavailable, (await host.FailAsync(function)).Reason);
        Signals.Send(host, "SIGUSR2");
        Assert.Equal("ab", (await TestResponse.ReadAsync(outcome)).Text);
        Assert.False(draining.IsCompleted);
        Signals.Send(host, "SIGWINCH");

        await draining.WaitAsync(TestHost.Patience);
        await host.Logs.WaitAsync("work is done");
        Assert.Contains("exit code 0", (await host.Logs.WaitForEventAsync("InstanceEnded")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drain_ThatIsGivenUp_Kills()
    {
        await using var host = new TestHost();
        var function = host.Write(Endless);
        var sending = host.SendAsync(function, "/never");
        await host.Logs.WaitAsync(": in");
        using var patience = new CancellationTokenSource();
        var draining = host.Host.DrainAsync(patience.Token);

        await patience.CancelAsync();

        await draining.WaitAsync(TestHost.Patience);
        Assert.Equal(FunctionFailureReason.NoResponse, (await sending).Failure?.Reason);
    }

    [Fact]
    public async Task Drain_CallsTheFunctionsSigtermListeners()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "process.on('SIGTERM', () => { console.log('bye'); process.exit(0); }); export default (req, res) => res.end();"
        );
        await host.GetAsync(function);

        await host.Host.DrainAsync(CancellationToken.None).WaitAsync(TestHost.Patience);

        await host.Logs.WaitAsync("bye");
    }

    [Theory]
    [InlineData("SIGINT")]
    [InlineData("SIGTERM")]
    public async Task Signals_OfTheTerminalOrTheServiceManager_DoNotEndTheProcess(string signal)
    {
        await using var host = new TestHost();
        var function = host.Write("export default (req, res) => res.end(String(process.pid))");
        var process = (await host.GetAsync(function)).Text;

        Signals.Send(host, signal);

        Assert.Equal(process, (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task Retire_LetsTheRequestsEndAndThenTheProcess()
    {
        await using var host = new TestHost();
        var function = host.Write(Endless);
        var other = host.Write("export default (req, res) => res.end('other')");
        await host.GetAsync(other);
        var outcome = await host.SendAsync(function, "/body");

        var retiring = host.Host.RetireAsync(function, CancellationToken.None);
        Assert.False(retiring.IsCompleted);
        await outcome.Response!.DisposeAsync();

        await retiring.WaitAsync(TestHost.Patience);
        Assert.Contains("exit code 0", (await host.Logs.WaitForEventAsync("InstanceEnded")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await host.GetAsync(function)).Status);
        Assert.Equal(3, Signals.Processes(host).Length);
    }

    [Fact]
    public async Task Dispose_LeavesNoProcessAndNoSocket()
    {
        await using var files = new TestHost();
        var function = files.Write("export default (req, res) => res.end()");
        var sockets = Path.Combine(Path.GetDirectoryName(function.Directory)!, "other");
        var host = new TestHost(options => options with { SocketDirectory = sockets });
        await host.GetAsync(function);
        var process = Signals.LastProcess(host);

        await host.DisposeAsync();

        Assert.False(Directory.Exists($"/proc/{process}"));
        Assert.False(Directory.Exists(sockets));
    }

    [Fact]
    public void SocketDirectory_ThatIsTooLong_IsRefused()
    {
        using var meters = new TestMeters();
        var exception = Assert.Throws<ArgumentException>(() =>
            new FunctionHost(
                new() { SocketDirectory = "/tmp/" + new string('x', 100) },
                TimeProvider.System,
                new FunctionMetrics(meters),
                NullLoggerFactory.Instance
            )
        );

        Assert.Contains("too long: a socket's path ends at 107 bytes", exception.Message, StringComparison.Ordinal);
    }

    private static int Starts(TestHost host) => host.Logs.Entries.Count(entry => entry.Event.Name == "InstanceStartFailed");
}
