using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests.Edge;

/// <summary>What becomes of requests, and of other functions, when an edge function misbehaves.</summary>
public sealed class EdgeFailureTests
{
    [Theory]
    [InlineData("export default () => { throw new Error('sync'); }", "Error: sync")]
    [InlineData("export default async () => { await null; throw new RangeError('async'); }", "RangeError: async")]
    [InlineData("export const GET = () => {}", "returned no response")]
    [InlineData("export default () => 'text'", "is no response")]
    [InlineData("export default () => Response.error()", "is no response")]
    public async Task Handler_ThatThrows_FailsItsRequestOnly(string source, string expected)
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(source);

        var first = await host.FailAsync(function);
        var second = await host.FailAsync(function);

        Assert.Equal((FunctionFailureReason.HandlerFailed, FunctionFailureReason.HandlerFailed), (first.Reason, second.Reason));
        Assert.Contains(expected, first.Detail, StringComparison.Ordinal);
        Assert.Single(Signals.Processes(host));
    }

    [Theory]
    [InlineData("Promise.reject(new Error('nobody looks'))", "Unhandled rejection: Error: nobody looks")]
    [InlineData("setTimeout(() => { throw new Error('in a timer'); })", "Uncaught exception: Error: in a timer")]
    [InlineData("queueMicrotask(() => { throw new Error('in a microtask'); })", "Uncaught exception: Error: in a microtask")]
    public async Task ErrorThatNobodyCatches_FailsItsRequestAndReplacesTheInstance(string fault, string expected)
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            $$"""
            export default (request) => {
              if (!request.url.endsWith('/fault')) return new Response('ok');
              {{fault}};
              return new Promise(() => {});
            };
            """
        );

        var failure = await host.FailAsync(function, "/fault");

        Assert.Equal(FunctionFailureReason.HandlerFailed, failure.Reason);
        Assert.Contains(expected, (await host.Logs.WaitForEventAsync("InstanceFault")).Text, StringComparison.Ordinal);
        await host.Logs.WaitForEventAsync("InstanceEnded");
        Assert.Equal("ok", (await host.GetAsync(function)).Text);
        Assert.Equal(2, Signals.Processes(host).Length);
    }

    [Fact]
    public async Task Handler_ThatNeverAnswers_TimesOutAndTheInstanceGoesOn()
    {
        var clock = new ManualClock();
        await using var host = new TestHost(timeProvider: clock);
        var function = host.WriteEdge(
            "export default (request) => { if (!request.url.endsWith('/never')) return new Response('ok'); console.log('in'); return new Promise(() => {}); }"
        );
        var sending = host.SendAsync(function, "/never");
        await host.Logs.WaitAsync(": in");

        clock.Advance(TimeSpan.FromSeconds(300));

        Assert.Equal(FunctionFailureReason.TimedOut, (await sending).Failure?.Reason);
        Assert.Equal("ok", (await host.GetAsync(function)).Text);
        Assert.Single(Signals.Processes(host));
    }

    [Fact]
    public async Task EndlessLoop_PastItsDuration_IsKilledAndReplaced()
    {
        var clock = new ManualClock();
        // One process: another, started because this one is stuck, would find its time to start over in the same step of the clock.
        await using var host = new TestHost(options => options with { MaxInstancesPerFunction = 1 }, clock);
        var function = host.WriteEdge(
            "export default (request) => { if (!request.url.endsWith('/loop')) return new Response('ok'); console.log('in'); while (true); }"
        );
        var sending = host.SendAsync(function, "/loop");
        await host.Logs.WaitAsync(": in");

        clock.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal(FunctionFailureReason.TimedOut, (await sending).Failure?.Reason);
        clock.Advance(TimeSpan.FromSeconds(2));

        await host.Logs.WaitForEventAsync("InstanceDied");
        Assert.Equal("ok", (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task TwoFunctions_DefineTheSameNonConfigurableGlobal_NeitherNotices()
    {
        await using var host = new TestHost();
        const string source =
            "Object.defineProperty(globalThis, '__import_unsupported', { value: 1 }); export default () => new Response('ok')";

        var responses = new[] { await host.GetAsync(host.WriteEdge(source)), await host.GetAsync(host.WriteEdge(source)) };

        Assert.All(responses, response => Assert.Equal("ok", response.Text));
    }

    [Fact]
    public async Task Function_ThatPatchesBuiltIns_HarmsNeitherTheHostNorOthers()
    {
        await using var host = new TestHost();
        var vandal = host.WriteEdge(
            """
            Array.prototype[Symbol.iterator] = Array.prototype.map = Array.prototype.push = () => { throw new Error('patched'); };
            Object.prototype.then = String.prototype.startsWith = () => 'patched';
            Map.prototype.get = JSON.stringify = () => undefined;
            export default () => { console.log('still logged'); return new Response('ok', { headers: { 'x-a': 'b' } }); };
            """
        );
        var other = host.WriteEdge("export default () => new Response([...[1, 2].map((n) => n + 1)].join())");

        var response = await host.GetAsync(vandal);

        Assert.Equal(("ok", "b"), (response.Text, response.Header("x-a")));
        await host.Logs.WaitAsync("still logged");
        Assert.Equal("2,3", (await host.GetAsync(other)).Text);
    }
}
