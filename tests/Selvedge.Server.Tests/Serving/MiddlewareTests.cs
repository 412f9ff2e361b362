using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

public sealed class MiddlewareTests : IAsyncLifetime
{
    private const string Source = """
        export default async (request) => {
          const url = new URL(request.url);
          switch (url.pathname) {
            case '/next': return new Response(null, { headers: { 'x-middleware-next': '1', 'x-seen': 'yes' } });
            case '/rewrite': return new Response(null, { headers: { 'x-middleware-rewrite': '/api/body?from=middleware' } });
            case '/redirect': return new Response(null, { status: 307, headers: { location: '/next' } });
            case '/answer': return new Response('mine', { status: 403, headers: { 'x-own': '1' } });
            case '/throws': throw new Error('no');
            case '/nothing': return undefined;
            case '/header': return new Response(null, { headers: {
              'x-middleware-next': '1',
              'x-middleware-override-headers': 'x-added',
              'x-middleware-request-x-added': 'by middleware' } });
            case '/cookies': {
              const headers = new Headers({ 'x-middleware-next': '1' });
              headers.append('set-cookie', 'a=1');
              headers.append('set-cookie', 'b=2');
              return new Response(null, { headers });
            }
            case '/guarded': return new Response('guarded', { status: 401 });
            case '/unread': return new Response(null, { headers: { 'x-middleware-next': '1' } });
            case '/body':
              await request.text();
              return new Response(null, { headers: { 'x-middleware-next': '1' } });
          }
        };
        """;

    private const string Echo = """
        export default async (req, res) => {
          if (req.url === '/unread') res.write('begun;');
          let body = '';
          for await (const chunk of req) body += chunk;
          res.end(`${req.url} added=${req.headers['x-added']} own=${req.headers['x-own']} body=${body}`);
        };
        """;

    private Site _site = null!;

    public async ValueTask InitializeAsync() =>
        _site = await Site.ServeAsync(
            """{"src":"^/.*$","middlewarePath":"_middleware","continue":true},{"src":"^/.*$","dest":"/api/body"}""",
            new Dictionary<string, string>([
                .. Site.Function("_middleware", Source, ""","useWebApi":true"""),
                .. Site.Function("api/body", Echo),
            ])
        );

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Next_LetsTheRequestOnAndKeepsItsHeaders()
    {
        var answer = await _site.Client.AnswerAsync("/next");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("/next ", answer.Body, StringComparison.Ordinal);
        Assert.Equal("yes", answer["x-seen"]);
        Assert.Null(answer["x-middleware-next"]);
    }

    [Fact]
    public async Task Nothing_LetsTheRequestOn()
    {
        var answer = await _site.Client.AnswerAsync("/nothing");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("/nothing ", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewrite_ReplacesTheQuery()
    {
        var answer = await _site.Client.AnswerAsync("/rewrite?mine=1");

        Assert.Equal(200, answer.Status);
        Assert.Contains("from=middleware", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("mine=1", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_IsSent()
    {
        var answer = await _site.Client.AnswerAsync("/redirect");

        Assert.Equal(307, answer.Status);
        Assert.Equal("/next", answer["location"]);
    }

    [Fact]
    public async Task OwnAnswer_IsFinal()
    {
        var answer = await _site.Client.AnswerAsync("/answer");

        Assert.Equal(403, answer.Status);
        Assert.Equal("mine", answer.Body);
        Assert.Equal("1", answer["x-own"]);
    }

    [Fact]
    public async Task Thrown_Is500()
    {
        var answer = await _site.Client.AnswerAsync("/throws");

        Assert.Equal(500, answer.Status);
        Assert.Equal("MIDDLEWARE_INVOCATION_FAILED", answer["x-vercel-error"]);
    }

    [Fact]
    public async Task OverrideHeaders_AreAllTheFunctionSees()
    {
        var answer = await _site.Client.AnswerAsync("/header", ("x-own", "dropped"));

        Assert.Contains("added=by middleware own=undefined", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_ReachTheClientOneByOne()
    {
        var answer = await _site.Client.AnswerAsync("/cookies");

        Assert.Equal(["a=1", "b=2"], answer.All("set-cookie"));
    }

    [Fact]
    public async Task ReadBody_StillReachesTheFunction()
    {
        using var body = new StringContent("payload");

        var answer = await _site.Client.AnswerAsync(HttpMethod.Post, "/body", body);

        Assert.EndsWith("body=payload", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnreadBodyThatStillArrives_ReachesTheFunctionWhole()
    {
        using var connection = await RawConnection.OpenAsync(_site.BaseAddress);
        await connection.SendAsync("POST /unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345");

        await connection.ReadThroughAsync("begun;");
        await connection.SendAsync("67890");

        await connection.ReadThroughAsync("body=1234567890");
    }

    [Theory]
    [InlineData("/guarded")]
    [InlineData("/%67uarded")]
    [InlineData("//guarded")]
    [InlineData("//x/../guarded")]
    public async Task PathInAnyDisguise_IsWhatMiddlewareSees(string target)
    {
        using var connection = await RawConnection.OpenAsync(_site.BaseAddress);
        await connection.GetAsync(target);

        Assert.StartsWith("HTTP/1.1 401 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }
}
