using System.IO.Pipelines;
using System.Text;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests.Edge;

/// <summary>What an edge function finds around it, and how its requests and responses pass.</summary>
public sealed class EdgeRuntimeTests
{
    [Theory]
    [InlineData("self === globalThis")]
    [InlineData("typeof EdgeRuntime === 'string'")]
    [InlineData("typeof Buffer === 'undefined' && typeof setImmediate === 'undefined' && typeof global === 'undefined'")]
    [InlineData(
        "typeof __dirname === 'undefined' && typeof process.exit === 'undefined' && Object.keys(process).join() === 'env'"
    )]
    [InlineData("typeof CompressionStream === 'function' && typeof DecompressionStream === 'function'")]
    [InlineData("new AsyncLocalStorage().run(1, () => true)")]
    [InlineData("new URLPattern({ pathname: '/:id' }).test('https://a.test/b')")]
    [InlineData("new TextEncoder().encode('x') instanceof Uint8Array")]
    [InlineData("(await crypto.subtle.digest('SHA-256', new Uint8Array(1))) instanceof ArrayBuffer")]
    [InlineData("crypto.randomUUID().length === 36 && crypto.getRandomValues(new Uint8Array(4)).length === 4")]
    [InlineData("request instanceof Request && request.signal instanceof AbortSignal && request.headers instanceof Headers")]
    [InlineData("new URL(request.url) instanceof URL && new URL('/x', request.url).href === 'https://a.test/x'")]
    [InlineData("new (class extends Request { get own() { return this.url; } })(request).own === request.url")]
    [InlineData("new Request('https://a.test', { method: 'POST', body: new Blob(['x']).stream() }).method === 'POST'")]
    [InlineData("new Request(new Request('https://a.test', { method: 'PUT', body: 'x' })) instanceof Request")]
    [InlineData("await (await fetch(new Request('data:,x'), { headers: { a: 'b' } })).text() === 'x'")]
    [InlineData("Object.getPrototypeOf(await new Response('{}').json()) === Object.prototype")]
    [InlineData("await new Response('}').json().catch((error) => error instanceof SyntaxError)")]
    [InlineData("(() => { try { new URL('x') } catch (error) { return error instanceof TypeError } })()")]
    [InlineData("typeof setTimeout(() => {}) === 'number' && clearTimeout(setTimeout(() => {}, 1e9)) === undefined")]
    [InlineData("context.waitUntil(Promise.resolve()) === undefined")]
    [InlineData("globalThis[Symbol.for('@vercel/request-context')].get().waitUntil !== undefined")]
    [InlineData("WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))")]
    [InlineData("(() => { try { new Function('1') } catch (error) { return error.name === 'EvalError' } })()")]
    public async Task Globals_AreThoseOfTheEdge(string expression)
    {
        await using var host = new TestHost();
        var function = host.WriteEdge($"export default async (request, context) => new Response(String(Boolean({expression})))");

        Assert.Equal("true", (await host.GetAsync(function, "/p", "GET", ("host", "a.test"))).Text);
    }

    [Fact]
    public async Task Environment_IsTheFunctionsOwn()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            "export default () => new Response([process.env.MINE, process.env.VERCEL, process.env.HOST_X])"
        );
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["MINE"] = "1" };

        Assert.Equal("1,1,", (await host.GetAsync(function with { Environment = environment })).Text);
    }

    [Fact]
    public async Task Request_IsSeenAsTheClientMadeIt()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            "export default async (request) => new Response([request.method, request.url, request.headers.get('x-a'), await request.text()])"
        );

        var response = await host.PostAsync(
            function,
            "body",
            ("x-forwarded-host", "a.test"),
            ("x-forwarded-proto", "http"),
            ("x-a", "b")
        );

        Assert.Equal("POST,http://a.test/,b,body", response.Text);
    }

    [Fact]
    public async Task Response_KeepsStatusAndEveryCookie()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            """
            export default () => {
              const headers = new Headers({ 'x-a': 'b' });
              headers.append('set-cookie', 'a=1');
              headers.append('set-cookie', 'b=2');
              return new Response('body', { status: 418, headers });
            };
            """
        );

        var response = await host.GetAsync(function);

        Assert.Equal((418, "body", "b"), (response.Status, response.Text, response.Header("x-a")));
        Assert.Equal(["a=1", "b=2"], response.All("set-cookie"));
    }

    [Fact]
    public async Task Redirect_IsSent()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge("export default (request) => Response.redirect(new URL('/to', request.url), 308)");

        var response = await host.GetAsync(function, "/", "GET", ("host", "a.test"));

        Assert.Equal((308, "https://a.test/to"), (response.Status, response.Header("location")));
    }

    [Theory]
    [InlineData("export default () => {}")]
    [InlineData("exports.default = async () => null")]
    public async Task Default_ThatReturnsNothing_IsEmpty(string source)
    {
        await using var host = new TestHost();

        var response = await host.GetAsync(host.WriteEdge(source));

        Assert.Equal((200, "", true), (response.Status, response.Text, response.IsEmpty));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    public async Task MethodExports_WithoutTheMethod_Answer405(string method)
    {
        await using var host = new TestHost();

        var response = await host.GetAsync(host.WriteEdge("export const GET = () => new Response('ok')"), "/", method);

        Assert.Equal(405, response.Status);
    }

    [Fact]
    public async Task Bodies_StreamBothWaysAtOnce()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            "export default (request) => new Response(request.body.pipeThrough(new TextDecoderStream()).pipeThrough(new TextEncoderStream()))"
        );
        var body = new Pipe();
        var sending = host.SendAsync(function, "/", "POST", body.Reader.AsStream());
        await body.Writer.WriteAsync("one"u8.ToArray(), TestContext.Current.CancellationToken);

        var outcome = await sending;
        await using var response = outcome.Response!;
        Assert.Equal("one", await ReadAsync(response.Body, 3));
        await body.Writer.WriteAsync("two"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal("two", await ReadAsync(response.Body, 3));
        await body.Writer.CompleteAsync();
        Assert.Equal(0, await response.Body.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Compression_Works()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            """
            export default async () => {
              const packed = new Response('text').body.pipeThrough(new CompressionStream('gzip'));
              return new Response(packed.pipeThrough(new DecompressionStream('gzip')));
            };
            """
        );

        Assert.Equal("text", (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task FetchedResponse_CanBeChangedAndReturned()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            """
            export default async (request) => {
              const response = await fetch(request.headers.get('x-origin'));
              response.headers.set('x-mine', '1');
              return response;
            };
            """
        );
        await using var origin = new GzipOrigin();

        var response = await host.GetAsync(function, "/", "GET", ("x-origin", origin.Url));

        Assert.Equal(("plain text", "1"), (response.Text, response.Header("x-mine")));
        Assert.Null(response.Header("content-encoding"));
    }

    [Fact]
    public async Task Client_ThatLeaves_AbortsTheRequestAndCancelsTheBody()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            """
            export default (request) => {
              request.signal.addEventListener('abort', () => console.log('aborted'));
              return new Response(new ReadableStream({
                pull: (c) => new Promise((done) => setTimeout(() => { c.enqueue(new Uint8Array(10)); done(); })),
                cancel: () => console.log('cancelled'),
              }));
            };
            """
        );
        var outcome = await host.SendAsync(function);
        await outcome.Response!.Body.ReadExactlyAsync(new byte[100], TestContext.Current.CancellationToken);

        await outcome.Response.DisposeAsync();

        await host.Logs.WaitAsync("aborted");
        await host.Logs.WaitAsync("cancelled");
    }

    [Fact]
    public async Task WaitUntil_KeepsTheInstanceUntilItsWorkIsDone()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            """
            export default (request, { waitUntil }) => {
              waitUntil(new Promise((done) => setTimeout(done, 50)).then(() => console.log('work is done')));
              return new Response('ok');
            };
            """
        );
        Assert.Equal("ok", (await host.GetAsync(function)).Text);

        await host.Host.DrainAsync(TestContext.Current.CancellationToken);

        await host.Logs.WaitAsync("work is done");
    }

    [Fact]
    public async Task Console_IsLoggedWithItsRequest()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            "export default async (request) => { await (await fetch('data:,x')).text(); console.warn('seen %s', { a: 1 }); return new Response('ok'); }"
        );

        await TestResponse.ReadAsync(await host.SendAsync(function, requestId: "iad1::edge"));

        var entry = await host.Logs.WaitAsync("seen { a: 1 }");
        Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Warning, entry.Level);
        Assert.Contains("iad1::edge", entry.Text, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(Stream body, int count)
    {
        var bytes = new byte[count];
        await body.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(bytes);
    }
}
