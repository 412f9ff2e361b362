using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

public sealed class EdgeTests : IAsyncLifetime
{
    private const string Middleware = """
        export default async (request) => {
          const url = new URL(request.url);
          switch (url.pathname) {
            case '/own': return fetch(new URL('/api/edge?by=middleware', request.url));
            case '/rewrite': return new Response(null, { headers: { 'x-middleware-rewrite': new URL('/api/edge?by=rewrite', request.url).href } });
            case '/answer': return new Response('mine', { status: 403 });
            case '/throws': throw new Error('no');
          }
        };
        """;

    private const string Function = """
        export default async (request, { waitUntil }) => {
          waitUntil(Promise.resolve());
          if (request.url.endsWith('?nothing')) return undefined;
          const asset = await (await fetch('blob:greeting')).text();
          return new Response([asset, new URL(request.url).search, await request.text(), process.env.BUILT, typeof process.env.UNUSED]);
        };
        """;

    private Site _site = null!;

    public async ValueTask InitializeAsync() =>
        _site = await Site.ServeAsync(
            """{"src":"^/(?!api/).*$","middlewarePath":"middleware","continue":true},{"src":"^/plain$","dest":"/api/edge"}""",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["functions/middleware.func/.vc-config.json"] = """{"runtime":"edge","entrypoint":"index.js"}""",
                ["functions/middleware.func/index.js"] = Middleware,
                ["functions/api/edge.func/.vc-config.json"] = """
                {"runtime":"edge","entrypoint":"src/main.js","environment":{"BUILT":"1"},"envVarsInUse":[],
                 "assets":[{"name":"greeting","path":"greeting.txt"}]}
                """,
                ["functions/api/edge.func/src/main.js"] = Function,
                ["functions/api/edge.func/greeting.txt"] = "hello",
            },
            new()
            {
                Functions = new() { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["UNUSED"] = "1" } },
            }
        );

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("/api/edge?a=1", 200, "hello,?a=1,,1,undefined")]
    [InlineData("/plain", 200, "hello,,,1,undefined")]
    [InlineData("/rewrite", 200, "hello,?by=rewrite,,1,undefined")]
    [InlineData("/own", 200, "hello,?by=middleware,,1,undefined")]
    [InlineData("/answer", 403, "mine")]
    public async Task Edge_Answers(string path, int status, string body)
    {
        var answer = await _site.Client.AnswerAsync(path);

        Assert.Equal((status, body), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task MiddlewareThatThrows_Is500()
    {
        var answer = await _site.Client.AnswerAsync("/throws");

        Assert.Equal((500, "MIDDLEWARE_INVOCATION_FAILED"), (answer.Status, answer["x-vercel-error"]));
    }

    [Fact]
    public async Task FunctionThatReturnsNothing_Is500()
    {
        var answer = await _site.Client.AnswerAsync("/api/edge?nothing");

        Assert.Equal((500, "FUNCTION_INVOCATION_FAILED"), (answer.Status, answer["x-vercel-error"]));
    }
}
