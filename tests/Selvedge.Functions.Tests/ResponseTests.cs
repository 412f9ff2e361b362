using System.Text;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests;

/// <summary>What a server sees of a function's response.</summary>
public sealed class ResponseTests
{
    [Fact]
    public async Task Headers_PassAsWritten_WithoutThoseOfTheConnection()
    {
        await using var host = new TestHost();
        var function = host.Write(
            """
            export default (req, res) => {
              res.writeHead(200, [
                ['set-cookie', 'a=1'], ['set-cookie', 'b=2'], ['x-latin', 'caf\u00e9'], ['connection', 'close, x-private'], ['x-private', '1'],
                ['x-selvedge-error', 'mine'], ['content-type', 'weird;;x'], ['date', 'yesterday'],
              ].flat());
              res.end('ok');
            };
            """
        );

        var response = await host.GetAsync(function);

        Assert.Equal("ok", response.Text);
        Assert.Equal(
            ["content-type: weird;;x", "date: yesterday", "set-cookie: a=1", "set-cookie: b=2", "x-latin: caf\u00e9"],
            response.Headers.Select(header => $"{header.Key.ToLowerInvariant()}: {header.Value}").Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("export default (req, res) => { res.write('one'); console.log('wrote'); globalThis.go = () => res.end('two'); }")]
    [InlineData(
        """
            export const GET = () => new Response(new ReadableStream({
              async start(c) { c.enqueue(new TextEncoder().encode('one')); await new Promise((go) => (globalThis.go = go)); c.enqueue(new TextEncoder().encode('two')); c.close(); },
            }))
            """
    )]
    public async Task Body_WrittenInPieces_ArrivesPieceByPiece(string source)
    {
        await using var host = new TestHost();
        var outcome = await host.SendAsync(host.Write(source + "\nprocess.on('SIGUSR2', () => globalThis.go());"));
        await using var response = outcome.Response!;
        var buffer = new byte[100];

        var first = await response.Body.ReadAsync(buffer);
        Assert.Equal("one", Encoding.UTF8.GetString(buffer, 0, first));

        Signals.Send(host, "SIGUSR2");
        var second = await response.Body.ReadAsync(buffer);
        Assert.Equal("two", Encoding.UTF8.GetString(buffer, 0, second));
        Assert.Equal(0, await response.Body.ReadAsync(buffer));
    }

    [Fact]
    public async Task HeaderSection_OfAWebResponse_DoesNotWaitForTheBody()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export const GET = () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) }), { status: 206 })"
        );

        var outcome = await host.SendAsync(function);

        await using var response = outcome.Response;
        Assert.Equal(206, response?.Status);
    }

    [Theory]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    [InlineData("HEAD", 200)]
    public async Task Response_WithoutBody_EndsAtOnceAndTheConnectionGoesOn(string method, int status)
    {
        await using var host = new TestHost();
        var function = host.Write(
            "let n = 0; export default (req, res) => { res.statusCode = Number(req.url.slice(1)); res.setHeader('x-n', ++n); res.end(req.method === 'HEAD' ? undefined : ''); }"
        );

        for (var i = 1; i <= 3; i++)
        {
            var response = await host.GetAsync(function, $"/{status}", method);
            Assert.Equal((status, "", i.ToString()), (response.Status, response.Text, response.Header("x-n")));
        }
    }

    [Fact]
    public async Task Head_KeepsTheLengthOfTheBodyThatIsNotSent()
    {
        await using var host = new TestHost();
        var function = host.Write("export default (req, res) => { res.setHeader('content-length', 1234); res.end(); }");

        Assert.Equal("1234", (await host.GetAsync(function, "/", "HEAD")).Header("content-length"));
    }

    [Fact]
    public async Task InformationalResponses_AreSkipped()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export default (req, res) => { res.writeProcessing(); res.writeEarlyHints({ link: '</a.css>; rel=preload' }, () => res.end('final')); }"
        );

        for (var i = 0; i < 3; i++)
        {
            var response = await host.GetAsync(function);
            Assert.Equal((200, "final"), (response.Status, response.Text));
            Assert.Null(response.Header("link"));
        }
    }

    [Fact]
    public async Task Trailers_AreDropped()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export default (req, res) => { res.setHeader('trailer', 'x-sum'); res.write('a'); res.addTrailers({ 'x-sum': '1' }); res.end(); }"
        );

        for (var i = 0; i < 2; i++)
        {
            var response = await host.GetAsync(function);
            Assert.Equal("a", response.Text);
            Assert.Empty(response.Headers);
        }
    }

    [Fact]
    public async Task Redirects_Cookies_AndEncodings_AreLeftAlone()
    {
        await using var host = new TestHost();
        var function = host.Write(
            """
            import { gzipSync } from 'node:zlib';
            export default (req, res) => {
              res.writeHead(302, { location: '/there', 'content-encoding': 'gzip', 'set-cookie': 'a=1', 'x-cookie': req.headers.cookie ?? 'none' });
              res.end(gzipSync('packed'));
            };
            """
        );

        await host.GetAsync(function);
        var response = await host.GetAsync(function);

        Assert.Equal((302, "/there", "none"), (response.Status, response.Header("location"), response.Header("x-cookie")));
        Assert.Equal("gzip", response.Header("content-encoding"));
        Assert.Equal(0x1f, response.Bytes[0]);
    }

    [Fact]
    public async Task Headers_WithinTheLimit_Pass()
    {
        await using var host = new TestHost();
        var function = host.Write("export default (req, res) => { res.setHeader('x-large', 'x'.repeat(60 * 1024)); res.end(); }");

        Assert.Equal(60 * 1024, (await host.GetAsync(function)).Header("x-large")?.Length);
    }

    [Fact]
    public async Task Headers_BeyondTheLimit_AreAnInvalidResponse()
    {
        await using var host = new TestHost();
        var function = host.Write("export default (req, res) => { res.setHeader('x-large', 'x'.repeat(66 * 1024)); res.end(); }");

        Assert.Equal(FunctionFailureReason.InvalidResponse, (await host.FailAsync(function)).Reason);
    }

    [Fact]
    public async Task InformationalResponses_WithoutEnd_AreAnInvalidResponse()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export default (req, res) => { for (let i = 0; i < 5000; i++) res.writeEarlyHints({ link: '</a>; rel=preload' }); res.end('final'); };"
        );

        Assert.Equal(FunctionFailureReason.InvalidResponse, (await host.FailAsync(function)).Reason);
    }

    [Fact]
    public async Task Status_BeyondTheDefinedOnes_IsAnInvalidResponse()
    {
        await using var host = new TestHost();

        var failure = await host.FailAsync(host.Write("export default (req, res) => { res.statusCode = 799; res.end(); }"));

        Assert.Equal(FunctionFailureReason.InvalidResponse, failure.Reason);
    }

    [Theory]
    [InlineData("res.write('half'); setImmediate(() => res.destroy())")]
    [InlineData("res.setHeader('content-length', 10); res.write('half'); setImmediate(() => res.socket.destroy())")]
    [InlineData("res.write('half'); setImmediate(() => process.kill(process.pid, 'SIGKILL'))")]
    public async Task Body_ThatBreaksOff_IsAnErrorToTheReader(string breakOff)
    {
        await using var host = new TestHost();
        var outcome = await host.SendAsync(host.Write($"export default (req, res) => {{ {breakOff} }}"));

        await using var response = outcome.Response!;
        var exception = await Assert.ThrowsAsync<FunctionBodyException>(() => response.Body.CopyToAsync(Stream.Null));

        Assert.Equal(FunctionFailureReason.NoResponse, exception.Reason);
    }

    [Fact]
    public async Task Body_OfAWebResponseThatFails_IsAnErrorToTheReader()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export const GET = () => new Response(new ReadableStream({ async pull(c) { if (globalThis.n) { await globalThis.later; throw new Error('torn'); } globalThis.n = 1; globalThis.later = new Promise((r) => setImmediate(setImmediate, r)); c.enqueue(new Uint8Array(9)); } }))"
        );
        var outcome = await host.SendAsync(function);

        await using var response = outcome.Response!;
        await Assert.ThrowsAsync<FunctionBodyException>(() => response.Body.CopyToAsync(Stream.Null));

        Assert.Contains("torn", (await host.Logs.WaitAsync("broken off")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_OfAWebResponseThatFailsAtOnce_IsAFailureOfTheHandler()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export const GET = () => new Response(new ReadableStream({ pull() { throw new Error('torn'); } }, { highWaterMark: 0 }))"
        );

        var failure = await host.FailAsync(function);

        Assert.Equal(FunctionFailureReason.HandlerFailed, failure.Reason);
        Assert.Contains("torn", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_FromALibrarysResponse_IsSent()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "import { Readable } from 'node:stream'; export const GET = () => ({ status: 200, headers: new Map([['x-a', 'b']]), body: Readable.from(['one', 'two']) })"
        );

        var response = await host.GetAsync(function);

        Assert.Equal(("onetwo", "b"), (response.Text, response.Header("x-a")));
    }

    [Fact]
    public async Task Body_LargerThanIsRead_HoldsTheFunctionBack()
    {
        await using var host = new TestHost();
        var function = host.Write(
            """
            let made = 0;
            export const GET = (request) =>
              new URL(request.url).pathname === '/made'
                ? new Response(String(made))
                : new Response(new ReadableStream({ pull(c) { made++; c.enqueue(new Uint8Array(64 * 1024)); if (made === 1024) c.close(); } }, { highWaterMark: 0 }));
            """
        );
        var outcome = await host.SendAsync(function);
        await using var response = outcome.Response!;
        await response.Body.ReadExactlyAsync(new byte[1]);

        // What sockets and buffers hold is some megabytes; the whole would be 64.
        var made = int.Parse((await host.GetAsync(function, "/made")).Text);

        Assert.InRange(made, 1, 512);
    }

    [Fact]
    public async Task Body_LargerThanTheFunctionsMemory_StreamsThroughAFlatServer()
    {
        const int Pieces = 2048;
        await using var host = new TestHost();
        var function = host.Write(
            $$"""
            import { Readable } from 'node:stream';
            import { pipeline } from 'node:stream/promises';
            const piece = Buffer.alloc(1e5, 1);
            export default (req, res) => pipeline(Readable.from((function* () { for (let i = 0; i < {{Pieces}}; i++) yield piece; })()), res);
            """
        );
        var outcome = await host.SendAsync(function with { MemoryMiB = 64 });
        await using var response = outcome.Response!;
        var buffer = new byte[64 * 1024];
        long total = 0;
        while (await response.Body.ReadAsync(buffer) is var count and > 0)
        {
            total += count;
        }

        Assert.Equal(Pieces * 100_000L, total);
        // The body alone would be two hundred megabytes.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, 100_000_000);
    }
}
