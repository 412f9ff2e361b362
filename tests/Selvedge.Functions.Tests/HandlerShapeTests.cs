using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests;

/// <summary>Every way in which a module may offer its handler.</summary>
public sealed class HandlerShapeTests
{
    [Theory]
    [InlineData("index.mjs", "export default (req, res) => res.end('ok')")]
    [InlineData("index.cjs", "module.exports = (req, res) => res.end('ok')")]
    [InlineData("index.js", "module.exports = (req, res) => res.end('ok')")]
    [InlineData("index.cjs", "exports.default = { default: { default: (req, res) => res.end('ok') } }")]
    [InlineData("index.mjs", "const text = await Promise.resolve('ok'); export default (req, res) => res.end(text)")]
    [InlineData("index.mjs", "export default async (req, res) => { await null; res.end('ok'); }")]
    [InlineData("deep/er/index.mjs", "export default (req, res) => res.end('ok')")]
    [InlineData("index.mjs", "export const GET = () => new Response('ok')")]
    [InlineData("index.mjs", "export async function fetch() { return new Response('ok'); }")]
    [InlineData("index.mjs", "export default { fetch: () => new Response('ok') }")]
    [InlineData("index.mjs", "export default new (class { text = 'ok'; fetch() { return new Response(this.text); } })()")]
    [InlineData("index.cjs", "exports.GET = () => new Response('ok'); exports.__esModule = true")]
    [InlineData("index.mjs", "import http from 'node:http'; http.createServer((req, res) => res.end('ok')).listen(3000)")]
    [InlineData(
        "index.cjs",
        "const server = require('http').createServer((q, s) => s.end('ok')); server.listen(0, () => server.address().port)"
    )]
    [InlineData(
        "index.mjs",
        "import { Server } from 'node:http'; setTimeout(() => new Server((q, s) => s.end('ok')).listen(), 1)"
    )]
    public async Task Module_OfAnyShape_Answers(string handler, string source)
    {
        await using var host = new TestHost();

        var response = await host.GetAsync(host.Write(source, handler));

        Assert.Equal("ok", response.Text);
    }

    [Fact]
    public async Task ServerThatListens_AwaitsListening_GetsItsAddress()
    {
        await using var host = new TestHost();
        var function = host.Write(
            """
            import http from 'node:http';
            import { once } from 'node:events';
            const server = http.createServer((req, res) => res.end(JSON.stringify(server.address())));
            server.listen({ port: 4000 });
            await once(server, 'listening');
            """
        );

        var response = await host.GetAsync(function);

        Assert.Equal("""{"address":"127.0.0.1","family":"IPv4","port":4000}""", response.Text);
    }

    [Fact]
    public async Task ServerThatListensAfterLoading_ListensForReal()
    {
        await using var host = new TestHost();
        var function = host.Write(
            """
            import http from 'node:http';
            import { once } from 'node:events';
            export default async (req, res) => {
              const server = http.createServer((q, s) => s.end('inner')).listen(0, '127.0.0.1');
              await once(server, 'listening');
              const answer = await fetch(`http://127.0.0.1:${server.address().port}/`);
              server.close();
              res.end(await answer.text());
            };
            """
        );

        Assert.Equal("inner", (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task MethodExports_AreAskedBeforeFetch()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export const POST = () => new Response('POST'); export const fetch = () => new Response('fetch');"
        );

        Assert.Equal("POST", (await host.PostAsync(function, "")).Text);
        Assert.Equal("fetch", (await host.GetAsync(function)).Text);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("PURGE")]
    [InlineData("UNKNOWN-TO-NODE")]
    public async Task MethodExports_WithoutTheMethod_Answer405(string method)
    {
        await using var host = new TestHost();

        var response = await host.GetAsync(host.Write("export const GET = () => new Response('ok')"), "/", method);

        Assert.Equal((405, ""), (response.Status, response.Text));
    }

    [Fact]
    public async Task WebApiDefault_ReturnsAResponse_ItIsSent()
    {
        await using var host = new TestHost();
        var function = host.Write("module.exports = async (request) => new Response(request.url, { status: 202 })", "index.cjs");

        var response = await host.GetAsync(function with { UseWebApi = true }, "/x", "GET", ("host", "a.test"));

        Assert.Equal((202, "https://a.test/x", false), (response.Status, response.Text, response.IsEmpty));
    }

    [Theory]
    [InlineData("export default () => {}")]
    [InlineData("export default async () => null")]
    public async Task WebApiDefault_ReturnsNothing_IsEmpty(string source)
    {
        await using var host = new TestHost();

        var response = await host.GetAsync(host.Write(source) with { UseWebApi = true });

        Assert.Equal((200, "", true), (response.Status, response.Text, response.IsEmpty));
        Assert.DoesNotContain(
            response.Headers,
            header => header.Key.StartsWith("x-selvedge", StringComparison.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public async Task AnEmptyResponse_IsNotNothing()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export default () => new Response(null, { headers: { 'x-selvedge-empty': '1', 'x-a': 'b' } })"
        );

        var response = await host.GetAsync(function with { UseWebApi = true });

        Assert.Equal((200, false, "b"), (response.Status, response.IsEmpty, response.Header("x-a")));
        Assert.Null(response.Header("x-selvedge-empty"));
    }

    [Fact]
    public async Task AwsHandler_GetsAnEventAndAnswers()
    {
        await using var host = new TestHost();
        var function = host.Write(
            """
            exports.handler = async (event) => ({
              statusCode: 203,
              headers: { 'x-query': JSON.stringify(event.multiValueQueryStringParameters) },
              multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
              body: Buffer.from(`${event.httpMethod} ${event.path} ${Buffer.from(event.body, 'base64')}`).toString('base64'),
              isBase64Encoded: true,
            });
            """,
            "index.cjs"
        );
        var body = new MemoryStream("hello"u8.ToArray());

        var outcome = await host.SendAsync(function with { AwsLambdaHandler = "index.handler" }, "/p?a=1&a=2", "POST", body, 5);

        var response = await TestResponse.ReadAsync(outcome);
        Assert.Equal((203, "POST /p hello"), (response.Status, response.Text));
        Assert.Equal("""{"a":["1","2"]}""", response.Header("x-query"));
        Assert.Equal(["a=1", "b=2"], response.All("set-cookie"));
    }

    [Fact]
    public async Task AwsHandler_AnswersByCallback()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export const run = (event, context, done) => setImmediate(done, null, { body: context.awsRequestId })"
        );

        var outcome = await host.SendAsync(function with { AwsLambdaHandler = "run" }, requestId: "iad1::x");

        Assert.Equal("iad1::x", (await TestResponse.ReadAsync(outcome)).Text);
    }

    [Fact]
    public async Task Helpers_AreThereIfAskedFor()
    {
        await using var host = new TestHost();
        var function = host.Write("export default (req, res) => res.status(201).json([req.query, req.cookies, req.body])");
        var headers = new[] { ("content-type", "application/json; charset=utf-8"), ("cookie", "a=%20; b=2; a=3") };
        var body = """{"x":1}"""u8.ToArray();

        var outcome = await host.SendAsync(
            function with
            {
                ShouldAddHelpers = true,
            },
            "/?q=1&q=2&r=3",
            "POST",
            new MemoryStream(body),
            body.Length,
            headers
        );

        var response = await TestResponse.ReadAsync(outcome);
        Assert.Equal((201, "application/json; charset=utf-8"), (response.Status, response.Header("content-type")));
        Assert.Equal("""[{"q":["1","2"],"r":"3"},{"a":" ","b":"2"},{"x":1}]""", response.Text);
        Assert.StartsWith("W/\"", response.Header("etag"), StringComparison.Ordinal);
        Assert.Equal(response.Bytes.Length.ToString(), response.Header("content-length"));
    }

    [Fact]
    public async Task Helpers_AreNotThereUnlessAskedFor()
    {
        await using var host = new TestHost();

        var failure = await host.FailAsync(host.Write("export default (req, res) => res.status(200).end()"));

        Assert.Equal(FunctionFailureReason.HandlerFailed, failure.Reason);
        Assert.Contains("res.status is not a function", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Helpers_AreNotPutOnAnExpressApp()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "const app = (req, res) => res.end(typeof res.status); app.listen = () => {}; export default app;"
        );

        Assert.Equal("undefined", (await host.GetAsync(function with { ShouldAddHelpers = true })).Text);
    }

    [Fact]
    public async Task Helpers_WithInvalidJson_Answer400WhenTheBodyIsRead()
    {
        await using var host = new TestHost();
        var function = host.Write("export default (req, res) => res.send(req.url === '/' ? req.body : 'unread')") with
        {
            ShouldAddHelpers = true,
        };

        var response = await host.PostAsync(function, "{", ("content-type", "application/json"));

        Assert.Equal((400, "Invalid JSON"), (response.Status, response.Text));
    }

    [Theory]
    [InlineData("for await (const chunk of req) text += chunk;")]
    [InlineData("req.on('data', (chunk) => (text += chunk)); await new Promise((done) => req.on('end', done));")]
    [InlineData("text += await (await import('node:stream/consumers')).text(req);")]
    [InlineData(
        "const { PassThrough } = await import('node:stream'); for await (const chunk of req.pipe(new PassThrough())) text += chunk;"
    )]
    [InlineData("await null; for await (const chunk of req) text += chunk; text += req.body.length;")]
    public async Task Helpers_LeaveTheBodyToBeReadAsAStream(string read)
    {
        await using var host = new TestHost();
        var function = host.Write($"export default async (req, res) => {{ let text = ''; {read} res.end(text); }}") with
        {
            ShouldAddHelpers = true,
        };
        var text = new string('x', 200_000);

        var response = await host.PostAsync(function, text, ("content-type", "text/plain"));

        Assert.StartsWith(text, response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export const something = 1", "exports no handler")]
    [InlineData("throw new TypeError('on import')", "TypeError: on import")]
    [InlineData("import 'no-such-package'", "no-such-package")]
    [InlineData("}", "SyntaxError")]
    [InlineData("process.exit(7)", "exit code 7")]
    [InlineData("setTimeout(() => { throw new Error('in a timer') }); await new Promise(() => {})", "in a timer")]
    [InlineData("Promise.reject(new Error('nobody looks')); await new Promise(() => {})", "nobody looks")]
    [InlineData(
        "import { writeSync } from 'node:fs'; writeSync(2, 'last words'); process.kill(process.pid, 'SIGKILL')",
        "last words"
    )]
    public async Task Module_ThatCannotBeUsed_FailsToStartAndSaysWhy(string source, string expected)
    {
        await using var host = new TestHost();

        var failure = await host.FailAsync(host.Write(source));

        Assert.Equal(FunctionFailureReason.StartFailed, failure.Reason);
        Assert.Contains(expected, failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.mjs", "does not exist")]
    [InlineData("../f2/index.mjs", "leads out of")]
    [InlineData("/etc/passwd", "leads out of")]
    public async Task Handler_ThatIsNotInItsDirectory_FailsToStart(string handler, string expected)
    {
        await using var host = new TestHost();
        var function = host.Write("export default () => {}");

        var failure = await host.FailAsync(function with { Handler = handler });

        Assert.Equal(FunctionFailureReason.StartFailed, failure.Reason);
        Assert.Contains(expected, failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodePath_ThatDoesNotExist_FailsToStartAndSaysWhy()
    {
        await using var host = new TestHost(options => options with { NodePath = "/nowhere/node" });

        var failure = await host.FailAsync(host.Write("export default () => {}"));

        Assert.Equal(FunctionFailureReason.StartFailed, failure.Reason);
        Assert.Contains("'/nowhere/node' cannot be started", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoFunctions_DefineTheSameNonConfigurableGlobal_NeitherNotices()
    {
        await using var host = new TestHost();
        const string source =
            "Object.defineProperty(globalThis, '__import_unsupported', { value: 1 }); export default (q, s) => s.end('ok')";

        var texts = new[] { await host.GetAsync(host.Write(source)), await host.GetAsync(host.Write(source)) };

        Assert.All(texts, response => Assert.Equal("ok", response.Text));
    }
}
