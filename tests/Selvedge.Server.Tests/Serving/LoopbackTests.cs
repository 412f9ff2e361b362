using Microsoft.AspNetCore.Http;
using Selvedge.Functions.Isolation;
using Selvedge.Server.Configuration;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

/// <summary>Functions that call their own site.</summary>
public sealed class LoopbackTests
{
    // Nothing listens where these names lead, and nothing speaks TLS.
    private static readonly SelvedgeOptions Named = new() { Hosts = ["site.test", "*.preview.test"] };

    private const string Echo = """
        export default async (req, res) => {
          const chunks = [];
          for await (const chunk of req) chunks.push(chunk);
          res.setHeader('x-from', 'echo');
          res.end(JSON.stringify({ method: req.method, url: req.url, headers: req.headers, body: Buffer.concat(chunks).toString() }));
        };
        """;

    private const string EdgeConfig = """{"runtime":"edge","entrypoint":"index.js","deploymentTarget":"v8-worker"}""";

    [Theory]
    [InlineData("fetch('https://site.test/echo').then((r) => r.text())")]
    [InlineData("fetch(new URL('/echo', 'http://site.test')).then((r) => r.text())")]
    [InlineData("fetch(`https://${process.env.VERCEL_URL}/echo`).then((r) => r.text())")]
    [InlineData("fetch('https://b1.preview.test/echo').then((r) => r.text())")]
    [InlineData("fetch(new Request('https://site.test/echo')).then((r) => r.text())")]
    [InlineData("get(https, 'https://site.test/echo')")]
    [InlineData("get(http, { host: 'site.test', path: '/echo' })")]
    [InlineData("get(https, { host: 'site.test', path: '/echo', agent: new https.Agent({ keepAlive: true }) })")]
    [InlineData("get(https, { host: 'site.test', path: '/echo', agent: false })")]
    public async Task Function_AsksItsOwnSite_IsAnsweredByIt(string ask)
    {
        await using var site = await ServeAsync(
            $$"""
            import http from 'node:http';
            import https from 'node:https';
            import { text } from 'node:stream/consumers';
            const get = (module, ...args) => new Promise((resolve, reject) =>
              module.get(...args, (response) => text(response).then(resolve)).on('error', reject));
            export default async (req, res) => res.end(await {{ask}});
            """
        );

        var answer = await site.Client.GetStringAsync("/ask", TestContext.Current.CancellationToken);

        Assert.Contains("\"url\":\"/echo\"", answer);
    }

    [Fact]
    public async Task EdgeFunction_AsksItsOwnSite_IsAnsweredByIt()
    {
        await using var site = await Site.ServeAsync(
            """{"handle":"filesystem"}""",
            new Dictionary<string, string>(Site.Function("echo", Echo))
            {
                ["functions/ask.func/.vc-config.json"] = EdgeConfig,
                ["functions/ask.func/index.js"] =
                    "export default (request) => fetch('https://site.test/echo', { method: 'POST', body: 'from the edge' });",
            },
            Named
        );

        using var answer = await site.Client.GetAsync("/ask", TestContext.Current.CancellationToken);

        Assert.Equal("echo", answer.Headers.GetValues("x-from").Single());
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("from the edge", text);
    }

    [Fact]
    public async Task Function_AsksTheAddressThatTheServerListensOn_ByHttps_IsAnsweredByIt()
    {
        await using var site = await ServeAsync(
            "export default async (req, res) => res.end(await (await fetch(`https://${req.headers.host}/echo`)).text());",
            new SelvedgeOptions()
        );

        var answer = await site.Client.GetStringAsync("/ask", TestContext.Current.CancellationToken);

        Assert.Contains("\"x-forwarded-proto\":\"https\"", answer);
        Assert.Contains($"\"host\":\"{site.BaseAddress.Authority}\"", answer);
    }

    [Fact]
    public async Task Function_AsksTheHostThatAClientMadeUp_DoesNotComeBack()
    {
        await using var origin = await FakeOrigin.StartAsync(static (_, http) => http.Response.WriteAsync("another's"));
        await using var site = await ServeAsync(
            "export default async (req, res) => res.end(await (await fetch(`http://${req.headers.host}/echo`)).text());",
            // With names in the settings it would not come as far as the function.
            new SelvedgeOptions()
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ask") { Headers = { Host = origin.BaseAddress.Authority } };

        using var answer = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("another's", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_IsRedirected_FollowsWithinTheSite()
    {
        await using var site = await ServeAsync(
            """
            export default async (req, res) => {
              const response = await fetch('https://site.test/moved');
              res.end(`${response.redirected} ${response.url}`);
            };
            """,
            Named,
            """{"src":"/moved","status":307,"headers":{"Location":"/echo"}},"""
        );

        Assert.Equal(
            "true https://site.test/echo",
            await site.Client.GetStringAsync("/ask", TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Call_WithABody_SendsItAsItComes()
    {
        await using var site = await ServeAsync(
            """
            export default async (req, res) => {
              const response = await fetch('https://site.test/echo', { method: 'PUT', body: req, duplex: 'half', headers: { 'x-mine': '1' } });
              res.end(await response.text());
            };
            """
        );
        using var post = new StringContent("streamed");

        using var answer = await site.Client.PostAsync("/ask", post, TestContext.Current.CancellationToken);

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"method\":\"PUT\"", text);
        Assert.Contains("\"x-mine\":\"1\"", text);
        Assert.Contains("\"body\":\"streamed\"", text);
    }

    [Fact]
    public async Task CallsInACircle_EndWith508()
    {
        await using var site = await ServeAsync(
            """
            let calls = 0;
            export default async (req, res) => {
              calls++;
              const answer = await fetch('https://site.test/ask');
              res.statusCode = answer.status;
              res.end(`${calls} ${answer.headers.get('x-vercel-error')} ${await answer.text()}`);
            };
            """
        );

        using var answer = await site.Client.GetAsync("/ask", TestContext.Current.CancellationToken);

        Assert.Equal(508, (int)answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("9 ", text);
        Assert.Contains("INFINITE_LOOP_DETECTED", text);
    }

    [Fact]
    public async Task ReservedHeaders_OfAClient_AreStrippedAndOfAFunction_OnlySomePass()
    {
        await using var site = await ServeAsync(
            """
            export default async (req, res) => {
              const headers = { 'x-astro-path': '/page', 'x-matched-path': '/forged', 'x-middleware-subrequest': 'm', 'x-forwarded-for': '203.0.113.9' };
              res.end(await (await fetch('https://site.test/echo', { headers })).text());
            };
            """
        );
        using var direct = new HttpRequestMessage(HttpMethod.Get, "/echo") { Headers = { { "x-astro-path", "/page" } } };

        var inside = await site.Client.GetStringAsync("/ask", TestContext.Current.CancellationToken);
        using var outside = await site.Client.SendAsync(direct, TestContext.Current.CancellationToken);

        Assert.Contains("\"x-astro-path\":\"/page\"", inside);
        Assert.Contains("\"x-matched-path\":\"/echo\"", inside);
        Assert.Contains("\"x-forwarded-for\":\"203.0.113.9\"", inside);
        Assert.DoesNotContain("x-middleware-subrequest", inside);
        Assert.DoesNotContain("x-astro-path", await outside.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_IsAnsweredFromTheCache()
    {
        await using var site = await Site.ServeAsync(
            """{"handle":"filesystem"}""",
            new Dictionary<string, string>([
                .. Site.Function(
                    "counted",
                    "let n = 0; export default (req, res) => res.setHeader('cache-control', 's-maxage=60').end(`${++n}`);"
                ),
                .. Site.Function(
                    "ask",
                    """
                    export default async (req, res) => {
                      const answer = await fetch('https://site.test/counted');
                      res.end(`${answer.headers.get('x-vercel-cache')} ${await answer.text()}`);
                    };
                    """
                ),
            ]),
            Named
        );

        Assert.Equal("MISS 1", await site.Client.GetStringAsync("/ask", TestContext.Current.CancellationToken));
        Assert.Equal("HIT 1", await site.Client.GetStringAsync("/ask", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CallToItsOwnCacheableAnswer_IsAnswered()
    {
        await using var site = await ServeAsync(
            """
            export default async (req, res) => {
              const inner = req.headers['cdn-loop'] ? 'inner' : await (await fetch('https://site.test/ask')).text();
              res.setHeader('cache-control', 's-maxage=60').end(`[${inner}]`);
            };
            """
        );
        Assert.Equal("[[inner]]", await site.Client.GetStringAsync("/ask", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_ThatIsAborted_ReachesTheFunctionThatAnswersIt()
    {
        await using var site = await Site.ServeAsync(
            """{"handle":"filesystem"}""",
            new Dictionary<string, string>([
                .. Site.Function(
                    "slow",
                    """
                    let left;
                    const leaving = new Promise((go) => { left = go; });
                    export default async (req, res) => {
                      if (req.url === '/slow?left') return res.end(String(await leaving));
                      res.on('close', () => left('gone'));
                      res.write('begun');
                    };
                    """
                ),
                .. Site.Function(
                    "ask",
                    """
                    export default async (req, res) => {
                      const abort = new AbortController();
                      const answer = await fetch('https://site.test/slow', { signal: abort.signal });
                      const first = await answer.body.getReader().read();
                      abort.abort();
                      res.end(`${Buffer.from(first.value)} ${await (await fetch('https://site.test/slow?left')).text()}`);
                    };
                    """
                ),
            ]),
            Named
        );

        Assert.Equal("begun gone", await site.Client.GetStringAsync("/ask", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Function_InASandboxWithoutNetwork_ReachesItsOwnSiteAllTheSame()
    {
        var options = Named with
        {
            Functions = new FunctionOptions { Isolation = FunctionIsolation.Sandbox, SandboxNetwork = false },
        };
        var obstacle = await SandboxProbe.FindFaultAsync(
            new SandboxOptions(),
            "/bin/true",
            Environment.GetEnvironmentVariable("PATH"),
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
        Assert.SkipWhen(obstacle is not null, obstacle ?? "");
        await using var site = await ServeAsync(
            "export default async (req, res) => res.end(await (await fetch('https://site.test/echo')).text());",
            options
        );

        var answer = await site.Client.GetStringAsync("/ask", TestContext.Current.CancellationToken);

        Assert.Contains("\"url\":\"/echo\"", answer);
    }

    private static Task<Site> ServeAsync(string ask, SelvedgeOptions? options = null, string routes = "") =>
        Site.ServeAsync(
            $$"""{{routes}}{"handle":"filesystem"}""",
            new Dictionary<string, string>([.. Site.Function("echo", Echo), .. Site.Function("ask", ask)]),
            options ?? Named
        );
}
