using System.Text.Json;
using Selvedge.Server.Configuration;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

public sealed class FunctionTests : IAsyncLifetime
{
    private const string Echo = """
        export default (req, res) => {
          const chunks = [];
          req.on('data', (chunk) => chunks.push(chunk));
          req.on('end', () => {
            res.setHeader('content-type', 'application/json');
            res.setHeader('x-middleware-next', '1');
            res.setHeader('x-next-cache-tags', 'secret');
            res.end(JSON.stringify({
              method: req.method, url: req.url, headers: req.headers,
              body: Buffer.concat(chunks).toString(), env: process.env,
            }));
          });
        };
        """;

    private Site _site = null!;

    public async ValueTask InitializeAsync()
    {
        var files = new Dictionary<string, string>([
            .. Site.Function("api/echo", Echo, ""","environment":{"OWN":"function"}"""),
            .. Site.Function(
                "api/tagged",
                "export default (req, res) => { res.setHeader('etag', '\"v1\"'); res.end('tagged') };"
            ),
            .. Site.Function("api/unread", "export default (req, res) => res.end('unread');"),
            .. Site.Function("api/throws", "export default () => { throw new Error('secret cause') };"),
            .. Site.Function(
                "api/headers",
                "export default (req, res) => { res.setHeader('x-a', 'own'); res.setHeader('x-b', 'own'); res.setHeader('cache-control', 's-maxage=60'); res.end() };"
            ),
            new("functions/guard.func/.vc-config.json", """{"runtime":"python3.12","handler":"index.py"}"""),
            new("functions/guard.func/index.py", "def handler(): pass"),
            new("functions/other.func/.vc-config.json", """{"runtime":"python3.12","handler":"index.py"}"""),
            new("functions/other.func/index.py", "def handler(): pass"),
            new("static/oops.html", "<h1>oops</h1>"),
        ]);
        _site = await Site.ServeAsync(
            """
            {"src":"^/api/headers$","headers":{"x-a":"route","x-c":"route"},"continue":true},
            {"src":"^/api/headers$","headers":{"x-b":"route"},"continue":true,"important":true},
            {"src":"^/guarded$","middlewarePath":"guard","continue":true},
            {"src":"^/items/(?<id>[^/]+)$","dest":"/api/echo?id=$id"},
            {"handle":"error"},{"status":500,"src":"^.*$","dest":"/oops.html"}
            """,
            files,
            new SelvedgeOptions
            {
                Limits = new() { MaxRequestBodyBytes = 1000 },
                Functions = new()
                {
                    Environment = new Dictionary<string, string> { ["OWN"] = "settings", ["ALL"] = "settings" },
                },
            }
        );
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Call_Rewritten_SeesTheClientsPathAndTheRoutedQuery()
    {
        var seen = await EchoAsync("/items/7?x=1&id=evil");

        var query = seen.GetProperty("url").GetString()!;
        Assert.StartsWith("/items/7?", query, StringComparison.Ordinal);
        Assert.Contains("id=7", query, StringComparison.Ordinal);
        Assert.Contains("x=1", query, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", query, StringComparison.Ordinal);
        Assert.Equal("/api/echo", Header(seen, "x-matched-path"));
    }

    [Fact]
    public async Task Call_BodyLeftUnread_LeavesTheConnectionToTheNextRequest()
    {
        using var connection = await RawConnection.OpenAsync(_site.BaseAddress);
        await connection.SendAsync("POST /api/unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345");
        await connection.ReadThroughAsync("unread");

        await connection.SendAsync("67890");
        await connection.GetAsync("/api/tagged");

        await connection.ReadThroughAsync("tagged");
    }

    [Fact]
    public async Task Call_PlatformHeadersOfTheClient_AreReplaced()
    {
        var seen = await EchoAsync(
            "/api/echo",
            ("x-forwarded-host", "evil.test"),
            ("x-forwarded-for", "6.6.6.6"),
            ("x-matched-path", "/admin"),
            ("x-middleware-subrequest", "middleware"),
            ("next-resume", "1"),
            ("x-prerender-revalidate", "guess"),
            ("x-own", "kept")
        );

        Assert.Equal(_site.BaseAddress.Authority, Header(seen, "x-forwarded-host"));
        Assert.Equal(_site.BaseAddress.Authority, Header(seen, "host"));
        Assert.Equal("127.0.0.1", Header(seen, "x-forwarded-for"));
        Assert.Equal("127.0.0.1", Header(seen, "x-real-ip"));
        Assert.Equal("http", Header(seen, "x-forwarded-proto"));
        Assert.Equal("/api/echo", Header(seen, "x-matched-path"));
        Assert.Equal("kept", Header(seen, "x-own"));
        Assert.Null(Header(seen, "x-middleware-subrequest"));
        Assert.Null(Header(seen, "next-resume"));
        Assert.Null(Header(seen, "x-prerender-revalidate"));
    }

    [Fact]
    public async Task Call_Environment_IsItsOwnOverTheSettings()
    {
        var environment = (await EchoAsync("/api/echo")).GetProperty("env");

        Assert.Equal("function", environment.GetProperty("OWN").GetString());
        Assert.Equal("settings", environment.GetProperty("ALL").GetString());
        Assert.False(environment.TryGetProperty("DOTNET_NOLOGO", out _));
    }

    [Fact]
    public async Task Call_Post_GetsTheBody()
    {
        using var body = new StringContent("hello");

        var answer = await _site.Client.AnswerAsync(HttpMethod.Post, "/api/echo", body);

        var seen = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal("POST", seen.GetProperty("method").GetString());
        Assert.Equal("hello", seen.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Call_BodyOverTheLimit_Is413()
    {
        using var body = new StringContent(new string('x', 2000));

        var answer = await _site.Client.AnswerAsync(HttpMethod.Post, "/api/echo", body);

        Assert.Equal(413, answer.Status);
        Assert.Equal("FUNCTION_PAYLOAD_TOO_LARGE", answer["x-vercel-error"]);
    }

    [Fact]
    public async Task Call_BodyInBrokenChunks_IsTheClientsFault()
    {
        using var connection = await RawConnection.OpenAsync(_site.BaseAddress);

        await connection.SendAsync("POST /api/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_InternalHeaders_StayInside()
    {
        var answer = await _site.Client.AnswerAsync("/api/echo");

        Assert.Equal("MISS", answer["x-vercel-cache"]);
        Assert.Equal("/api/echo", answer["x-matched-path"]);
        Assert.Equal("public, max-age=0, must-revalidate", answer["cache-control"]);
        Assert.Null(answer["x-middleware-next"]);
        Assert.Null(answer["x-next-cache-tags"]);
    }

    [Fact]
    public async Task Answer_RoutedHeaders_GiveWayUnlessImportant()
    {
        var answer = await _site.Client.AnswerAsync("/api/headers");

        Assert.Equal("own", answer["x-a"]);
        Assert.Equal("route", answer["x-b"]);
        Assert.Equal("route", answer["x-c"]);
    }

    [Fact]
    public async Task Answer_LifetimeForTheEdge_IsNotForTheBrowser()
    {
        var answer = await _site.Client.AnswerAsync("/api/headers");

        Assert.Equal("public, max-age=0, must-revalidate", answer["cache-control"]);
    }

    [Fact]
    public async Task Call_HandlerThrows_ShowsThePageFor500AndNoCause()
    {
        var answer = await _site.Client.AnswerAsync("/api/throws", ("Accept", "text/html"));

        Assert.Equal(500, answer.Status);
        Assert.Equal("<h1>oops</h1>", answer.Body);
        Assert.Equal("FUNCTION_INVOCATION_FAILED", answer["x-vercel-error"]);
        Assert.DoesNotContain("secret cause", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_RuntimeThatCannotRun_Is501()
    {
        var answer = await _site.Client.AnswerAsync("/other", ("Accept", "application/json"));

        Assert.Equal(501, answer.Status);
        Assert.Equal("FUNCTION_RUNTIME_NOT_SUPPORTED", answer["x-vercel-error"]);
    }

    [Fact]
    public async Task Call_MiddlewareByItsOwnPath_FindsNothing()
    {
        var answer = await _site.Client.AnswerAsync("/guard");

        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task Call_Trace_IsRefused()
    {
        var answer = await _site.Client.AnswerAsync(HttpMethod.Trace, "/api/echo", content: null);

        Assert.Equal(405, answer.Status);
        Assert.Equal("METHOD_NOT_ALLOWED", answer["x-vercel-error"]);
    }

    [Theory]
    [InlineData("\"v1\"", 304)]
    [InlineData("W/\"v1\", \"v0\"", 304)]
    [InlineData("\"v0\"", 200)]
    public async Task Answer_WithAnEntityTag_IsComparedForTheFunction(string ifNoneMatch, int status)
    {
        var answer = await _site.Client.AnswerAsync("/api/tagged", ("If-None-Match", ifNoneMatch));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? "tagged" : "", answer.Body);
        Assert.Equal("\"v1\"", answer["etag"]);
    }

    [Fact]
    public async Task Call_MiddlewareThatCannotRun_IsNotPassedBy()
    {
        var answer = await _site.Client.AnswerAsync("/guarded");

        Assert.Equal(500, answer.Status);
        Assert.Equal("MIDDLEWARE_INVOCATION_FAILED", answer["x-vercel-error"]);
    }

    private async Task<JsonElement> EchoAsync(string target, params (string Name, string Value)[] headers)
    {
        var answer = await _site.Client.AnswerAsync(target, headers);
        Assert.Equal(200, answer.Status);
        return JsonDocument.Parse(answer.Body).RootElement;
    }

    private static string? Header(JsonElement seen, string name) =>
        seen.GetProperty("headers").TryGetProperty(name, out var value) ? value.GetString() : null;
}
