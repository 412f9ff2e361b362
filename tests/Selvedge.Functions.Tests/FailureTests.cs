using Microsoft.Extensions.Logging;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests;

/// <summary>What becomes of requests, and of the instance, when a function fails.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("export default () => { throw new Error('sync'); }", "Error: sync")]
    [InlineData("export default async () => { throw new Error('async'); }", "Error: async")]
    [InlineData("export default async () => { throw undefined; }", "undefined")]
    [InlineData(
        "export default (req, res) => { res.setHeader('content-length', 3); res.statusCode = 201; throw new Error('late'); }",
        "Error: late"
    )]
    [InlineData("export const GET = () => { throw new Error('web'); }", "Error: web")]
    [InlineData("export const GET = () => {}", "returned no response")]
    [InlineData("export const GET = () => 'text'", "is no response")]
    [InlineData(
        "export const GET = () => new Response(new ReadableStream(), { headers: { 'x-bell': '\\x07' } })",
        "Invalid character in header"
    )]
    [InlineData("export const GET = () => Response.error()", "is no response")]
    public async Task Handler_ThatThrows_FailsItsRequestOnly(string source, string expected)
    {
        await using var host = new TestHost();
        var function = host.Write(source);

        var first = await host.FailAsync(function);
        var second = await host.FailAsync(function);

        Assert.Equal((FunctionFailureReason.HandlerFailed, FunctionFailureReason.HandlerFailed), (first.Reason, second.Reason));
        Assert.Contains(expected, first.Detail, StringComparison.Ordinal);
        Assert.Single(Signals.Processes(host));
    }

    [Fact]
    public async Task Handler_ThatThrowsAfterItsResponse_HasAnswered()
    {
        await using var host = new TestHost();
        var function = host.Write("export default async (req, res) => { res.end('ok'); throw new Error('afterwards'); }");

        Assert.Equal("ok", (await host.GetAsync(function)).Text);

        var entry = await host.Logs.WaitAsync("afterwards");
        Assert.Equal((LogLevel.Error, "Selvedge.Functions.Output"), (entry.Level, entry.Category));
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("POST", null)]
    [InlineData("POST", "body")]
    [InlineData("DELETE", null)]
    public async Task Socket_DestroyedOnAReusedConnection_RunsTheFunctionOnce(string method, string? body)
    {
        await using var host = new TestHost();
        var function = host.Write(
            """
            let runs = 0;
            export default (req, res) => {
              if (req.url === '/runs') res.end(String(runs));
              else if (req.url === '/destroy') { runs++; req.socket.destroy(); }
              else res.end();
            };
            """
        );
        await host.GetAsync(function, "/warm");

        var outcome = await host.SendAsync(function, "/destroy", method, body is null ? null : new MemoryStream(new byte[4]));

        Assert.Equal(FunctionFailureReason.NoResponse, outcome.Failure?.Reason);
        Assert.Equal("1", (await host.GetAsync(function, "/runs")).Text);
        Assert.Single(Signals.Processes(host));
    }

    [Fact]
    public async Task Connection_ClosedBehindAResponse_CostsTheNextRequestNothing()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export default (req, res) => res.end('ok', () => { req.socket.destroy(); console.log('closed'); })"
        );
        await host.GetAsync(function);
        await host.Logs.WaitAsync("closed");

        Assert.Equal("ok", (await host.GetAsync(function)).Text);
    }

    [Theory]
    [InlineData("HTTP/2.0 what\\r\\n\\r\\n")]
    [InlineData("HTTP/1.1 200 OK\\r\\ncontent-length: x\\r\\n\\r\\n")]
    [InlineData("HTTP/1.1 200 OK\\r\\n bad name: x\\r\\n\\r\\n")]
    public async Task Socket_WithSomethingElseThanAResponse_IsAnInvalidResponse(string bytes)
    {
        await using var host = new TestHost();

        var failure = await host.FailAsync(host.Write($"export default (req) => req.socket.end('{bytes}')"));

        Assert.Equal(FunctionFailureReason.InvalidResponse, failure.Reason);
    }

    [Fact]
    public async Task Socket_WithBytesBehindTheResponse_IsNotUsedAgain()
    {
        await using var host = new TestHost();
        var function = host.Write(
            """
            export default (req, res) => {
              const late = 'HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nstolen!';
              res.end(req.url, req.url === '/first' ? () => req.socket.write(late, () => console.log('written')) : undefined);
            };
            """
        );

        Assert.Equal("/first", (await host.GetAsync(function, "/first")).Text);
        await host.Logs.WaitAsync("written");
        Assert.Equal("/next", (await host.GetAsync(function, "/next")).Text);
    }

    [Fact]
    public async Task Socket_WithAResponseThatIsNotTheRequests_DoesNotAnswerIt()
    {
        await using var host = new TestHost();
        // As late as can be: when the request has been sent, and before it is answered.
        var function = host.Write(
            """
            export default (req, res) => {
              if (req.url === '/stolen') req.socket.write('HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nstolen!');
              res.end(req.url);
            };
            """
        );
        await host.GetAsync(function, "/warm");

        var failure = await host.FailAsync(function, "/stolen");

        Assert.Equal(FunctionFailureReason.InvalidResponse, failure.Reason);
        Assert.Contains("no response to this request", failure.Detail, StringComparison.Ordinal);
        Assert.Equal("/next", (await host.GetAsync(function, "/next")).Text);
    }

    [Theory]
    [InlineData("res.statusMessage = 'Mine'; res.end(res.statusMessage)", "Mine")]
    [InlineData("res.writeHead(200, 'Mine', { a: 'b' }); res.end(res.statusMessage)", "Mine")]
    [InlineData("res.writeHead(201, { a: 'b' }).end(`${res.statusMessage} ${res.statusCode}`)", "Created 201")]
    [InlineData(
        "Object.setPrototypeOf(res, Object.create((await import('node:http')).ServerResponse.prototype)); res.end('express')",
        "express"
    )]
    [InlineData(
        "(await import('node:http')).ServerResponse.prototype.writeHead.call(res, 200, ['a', 'b']); res.end(req.url)",
        "/"
    )]
    public async Task Response_HoweverItIsBegun_ShowsNoTraceOfItsNumber(string source, string expected)
    {
        await using var host = new TestHost();

        var response = await host.GetAsync(host.Write($"export default async (req, res) => {{ {source}; }}"));

        Assert.Equal(expected, response.Text);
    }

    [Fact]
    public async Task Process_KilledAmongAHundredRequests_LosesThoseAndTheNextSucceeds()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "let n = 0; export default (req, res) => { if (req.url === '/now') res.end('ok'); else if (++n === 100) console.log('all are in'); }"
        );
        Assert.Equal("ok", (await host.GetAsync(function, "/now")).Text);
        var requests = Enumerable.Range(0, 100).Select(_ => host.SendAsync(function, "/wait")).ToArray();
        await host.Logs.WaitAsync("all are in");

        Signals.Send(host, "SIGKILL");

        var outcomes = await Task.WhenAll(requests);
        Assert.All(outcomes, outcome => Assert.Equal(FunctionFailureReason.NoResponse, outcome.Failure?.Reason));
        Assert.Equal("ok", (await host.GetAsync(function, "/now")).Text);
        Assert.Equal(2, Signals.Processes(host).Length);
        var died = await host.Logs.WaitForEventAsync("InstanceDied");
        Assert.Contains("exit code 137 and 100 requests", died.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_KilledBetweenRequests_CostsNone()
    {
        await using var host = new TestHost();
        var function = host.Write("export default (req, res) => res.end(String(process.pid))");
        var first = (await host.GetAsync(function)).Text;
        Signals.Send(host, "SIGKILL");
        await host.Logs.WaitForEventAsync("InstanceDied");

        Assert.NotEqual(first, (await host.GetAsync(function)).Text);
    }

    [Theory]
    [InlineData("process.exit(3)", "exit code 3")]
    [InlineData("process.abort()", "exit code 134")]
    public async Task Process_ThatEndsItself_LosesItsRequest(string end, string expected)
    {
        await using var host = new TestHost();
        var function = host.Write($"export default (req, res) => {{ if (req.url === '/end') {end}; res.end('ok'); }}");

        Assert.Equal(FunctionFailureReason.NoResponse, (await host.FailAsync(function, "/end")).Reason);

        Assert.Equal("ok", (await host.GetAsync(function)).Text);
        Assert.Contains(expected, (await host.Logs.WaitForEventAsync("InstanceDied")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heap_ThatOverflowsItsLimit_EndsTheProcessOnly()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export default (req, res) => { const hoard = []; while (req.url === '/hoard') hoard.push(new Array(1e5).fill(hoard)); res.end('ok'); }"
        );

        var failure = await host.FailAsync(function with { MemoryMiB = 32 }, "/hoard");

        Assert.Equal(FunctionFailureReason.NoResponse, failure.Reason);
        Assert.Contains("heap out of memory", (await host.Logs.WaitForEventAsync("InstanceDied")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Promise.reject(new Error('nobody looks'))", "Unhandled rejection: Error: nobody looks")]
    [InlineData("setTimeout(() => { throw new Error('in a timer'); })", "Uncaught exception: Error: in a timer")]
    [InlineData("process.nextTick(() => { throw new Error('in a tick'); })", "Uncaught exception: Error: in a tick")]
    [InlineData("queueMicrotask(() => { throw new Error('in a microtask'); })", "Uncaught exception: Error: in a microtask")]
    [InlineData("setImmediate(() => { throw new Error('in an immediate'); })", "Uncaught exception: Error: in an immediate")]
    [InlineData(
        "import('node:fs').then((fs) => fs.readFile('/', () => { throw new Error('in a callback'); }))",
        "Uncaught exception: Error: in a callback"
    )]
    [InlineData(
        "import('node:events').then(({ EventEmitter }) => new EventEmitter().emit('error', new Error('an event')))",
        "Unhandled rejection: Error: an event"
    )]
    [InlineData("(async () => { await null; throw new Error('astray'); })()", "Unhandled rejection: Error: astray")]
    [InlineData(
        "(() => { const t = new EventTarget(); t.addEventListener('x', () => { throw new Error('in a listener'); }); t.dispatchEvent(new Event('x')); })()",
        "Uncaught exception: Error: in a listener"
    )]
    public async Task ErrorThatNobodyCatches_FailsItsRequestAndReplacesTheInstance(string fault, string expected)
    {
        await using var host = new TestHost();
        var function = host.Write(
            $$"""
            export default (req, res) => {
              if (req.url === '/fault') {{fault}};
              else if (req.url === '/slow') { console.log('slow is in'); globalThis.go = () => res.end('unharmed'); }
              else res.end(String(process.pid));
            };
            process.on('SIGUSR2', () => globalThis.go());
            """
        );
        var slow = host.SendAsync(function, "/slow");
        await host.Logs.WaitAsync("slow is in");

        var failure = await host.FailAsync(function, "/fault");

        Assert.Equal(FunctionFailureReason.HandlerFailed, failure.Reason);
        Assert.Contains(expected, (await host.Logs.WaitForEventAsync("InstanceFault")).Text, StringComparison.Ordinal);
        Signals.Send(host, "SIGUSR2");
        Assert.Equal("unharmed", (await TestResponse.ReadAsync(await slow)).Text);
        await host.Logs.WaitForEventAsync("InstanceEnded");
        await host.GetAsync(function);
        Assert.Equal(2, Signals.Processes(host).Length);
    }

    [Fact]
    public async Task Rejection_ThatTheFunctionListensFor_ReplacesNothing()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "process.on('unhandledRejection', (e) => console.log(`mine: ${e}`)); export default (req, res) => { Promise.reject('x'); res.end('ok'); }"
        );

        await host.GetAsync(function);
        await host.Logs.WaitAsync("mine: x");
        await host.GetAsync(function);

        Assert.Single(Signals.Processes(host));
    }

    [Fact]
    public async Task Client_ThatLeavesBeforeTheResponse_IsSeenByTheFunction()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export default (req, res) => { console.log('in'); res.on('close', () => console.log(`closed ${res.writableFinished}`)); }"
        );
        using var client = new CancellationTokenSource();
        var sending = host.SendAsync(function, cancellationToken: client.Token);
        await host.Logs.WaitAsync(entry => entry.Text.EndsWith(": in", StringComparison.Ordinal));

        await client.CancelAsync();

        Assert.Equal(FunctionFailureReason.ClientGone, (await sending).Failure?.Reason);
        await host.Logs.WaitAsync("closed false");
        Assert.Single(Signals.Processes(host));
    }

    [Fact]
    public async Task Client_ThatLeavesInTheMiddleOfTheBody_IsSeenByTheFunction()
    {
        await using var host = new TestHost();
        var function = host.Write(
            """
            export const GET = (request) => {
              request.signal.addEventListener('abort', () => console.log('aborted'));
              return new Response(new ReadableStream({
                pull: (c) => new Promise((done) => setImmediate(() => { c.enqueue(new Uint8Array(10)); done(); })),
                cancel: () => console.log('cancelled'),
              }));
            };
            """
        );
        var outcome = await host.SendAsync(function);
        await outcome.Response!.Body.ReadExactlyAsync(new byte[100]);

        await outcome.Response.DisposeAsync();

        await host.Logs.WaitAsync("aborted");
        await host.Logs.WaitAsync("cancelled");
    }

    [Fact]
    public async Task Client_ThatLeavesWhileABodyIsRead_EndsTheRead()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export default (req, res) => { res.write('x'); res.on('close', () => console.log('closed')); }"
        );
        using var client = new CancellationTokenSource();
        var outcome = await host.SendAsync(function, cancellationToken: client.Token);
        await using var response = outcome.Response!;
        await response.Body.ReadExactlyAsync(new byte[1]);
        var reading = response.Body.ReadAsync(new byte[1]).AsTask();

        await client.CancelAsync();

        var exception = await Assert.ThrowsAsync<FunctionBodyException>(() => reading);
        Assert.Equal(FunctionFailureReason.ClientGone, exception.Reason);
        await host.Logs.WaitAsync("closed");
    }

    [Fact]
    public async Task Client_ThatLeavesDuringTheStart_DoesNotEndItForOthers()
    {
        await using var host = new TestHost();
        var function = host.Write("export default (req, res) => res.end('ok')");
        using var client = new CancellationTokenSource();
        var first = host.SendAsync(function, cancellationToken: client.Token);
        var second = host.GetAsync(function);

        await client.CancelAsync();

        Assert.Equal(FunctionFailureReason.ClientGone, (await first).Failure?.Reason);
        Assert.Equal("ok", (await second).Text);
        Assert.Single(Signals.Processes(host));
    }
}
