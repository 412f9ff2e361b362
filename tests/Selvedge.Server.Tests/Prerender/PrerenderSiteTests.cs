using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Selvedge.Server.Configuration;
using Selvedge.Server.Tests.Serving;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Prerender;

/// <summary>Prerenders as visitors see them: real functions, real sockets, and a clock that the test moves.</summary>
public sealed class PrerenderSiteTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    // Answers with what it was called with, and how often it was.
    private const string Counting = """
        let count = 0;
        export default (request, response) => {
          const url = new URL(request.url, 'http://x');
          for (const [name, value] of url.searchParams) if (name.startsWith('h-')) response.setHeader(name.slice(2), value);
          response.statusCode = Number(url.searchParams.get('status') ?? 200);
          response.setHeader('x-next-cache-tags', '_N_T_/page,fabric');
          response.setHeader('x-count', ++count);
          response.end(JSON.stringify({ count, url: request.url, headers: request.headers }));
        };
        """;

    private const string Config = $"\"expiration\":10,\"staleExpiration\":3600,\"allowQuery\":[],\"bypassToken\":\"{Token}\"";

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Page_WithABuildCopy_IsPrerenderThenHitThenStaleThenNew()
    {
        await using var site = await ServeAsync(fallback: "built");

        var first = await site.Client.AnswerAsync("/page");
        _clock.Advance(TimeSpan.FromSeconds(4));
        var second = await site.Client.AnswerAsync("/page");
        _clock.Advance(TimeSpan.FromSeconds(6));
        var third = await site.Client.AnswerAsync("/page");
        await site.PrerendersAreQuietAsync();
        var fourth = await site.Client.AnswerAsync("/page");

        Assert.Equal(("PRERENDER", "built"), (first["x-vercel-cache"], first.Body));
        Assert.Equal(("HIT", "built", "4"), (second["x-vercel-cache"], second.Body, second["age"]));
        Assert.Equal(("STALE", "built", "10"), (third["x-vercel-cache"], third.Body, third["age"]));
        Assert.Equal(("HIT", "1", "0"), (fourth["x-vercel-cache"], fourth["x-count"], fourth["age"]));
        Assert.Equal("public, max-age=0, must-revalidate", fourth["cache-control"]);
        Assert.Null(fourth["x-next-cache-tags"]);
    }

    [Fact]
    public async Task Page_WithoutABuildCopy_IsMissThenHit()
    {
        await using var site = await ServeAsync();

        var first = await site.Client.AnswerAsync("/page");
        var second = await site.Client.AnswerAsync("/page?ignored=1");

        Assert.Equal(("MISS", "1", null), (first["x-vercel-cache"], first["x-count"], first["age"]));
        Assert.Equal(("HIT", "1", "0"), (second["x-vercel-cache"], second["x-count"], second["age"]));
    }

    [Fact]
    public async Task Page_BeyondItsStaleLife_IsWaitedFor()
    {
        await using var site = await ServeAsync(config: Config.Replace("3600", "60", StringComparison.Ordinal));
        await site.Client.AnswerAsync("/page");

        _clock.Advance(TimeSpan.FromMinutes(1));
        var late = await site.Client.AnswerAsync("/page");

        Assert.Equal(("MISS", "2"), (late["x-vercel-cache"], late["x-count"]));
    }

    [Fact]
    public async Task Function_IsCalledByThePlatformAndSeesNoVisitor()
    {
        await using var site = await ServeAsync(config: Config + ",\"allowHeader\":[\"host\",\"x-shade\"]");

        var answer = await site.Client.AnswerAsync(
            "/page?x=1",
            ("cookie", "a=b"),
            ("x-secret", "1"),
            ("x-shade", "red"),
            ("x-now-route-matches", "x=1")
        );

        var call = JsonDocument.Parse(answer.Body).RootElement;
        var headers = call.GetProperty("headers");
        Assert.Equal("/page", call.GetProperty("url").GetString());
        Assert.Equal("/page", headers.GetProperty("x-matched-path").GetString());
        Assert.Equal("red", headers.GetProperty("x-shade").GetString());
        Assert.Equal(site.BaseAddress.Authority, headers.GetProperty("host").GetString());
        Assert.NotEmpty(headers.GetProperty("x-invocation-id").GetString()!);
        Assert.False(headers.TryGetProperty("cookie", out _));
        Assert.False(headers.TryGetProperty("x-secret", out _));
        Assert.False(headers.TryGetProperty("x-now-route-matches", out _));
        Assert.False(headers.TryGetProperty("user-agent", out _));
    }

    [Fact]
    public async Task Head_IsAnsweredFromTheEntryAndRendersAGet()
    {
        await using var site = await ServeAsync();

        var head = await site.Client.AnswerAsync(HttpMethod.Head, "/page", content: null);
        var get = await site.Client.AnswerAsync("/page");

        Assert.Equal(("MISS", 0), (head["x-vercel-cache"], head.Bytes.Length));
        Assert.Equal(("HIT", "1"), (get["x-vercel-cache"], get["x-count"]));
    }

    [Fact]
    public async Task Conditional_ForWhatIsKnown_Is304()
    {
        await using var site = await ServeAsync(fallback: "built");
        var first = await site.Client.AnswerAsync("/page");

        var again = await site.Client.AnswerAsync("/page", ("if-none-match", first["etag"]!));

        Assert.Equal((304, 0, "HIT"), (again.Status, again.Bytes.Length, again["x-vercel-cache"]));
    }

    [Fact]
    public async Task DraftMode_AsksTheFunctionAndLeavesTheEntry()
    {
        await using var site = await ServeAsync();
        await site.Client.AnswerAsync("/page");

        var draft = await site.Client.AnswerAsync("/page", ("cookie", $"__prerender_bypass={Token}"));
        var guess = await site.Client.AnswerAsync("/page", ("cookie", "__prerender_bypass=guess"));

        Assert.Equal(("MISS", "2"), (draft["x-vercel-cache"], draft["x-count"]));
        Assert.Contains("__prerender_bypass", draft.Body, StringComparison.Ordinal);
        Assert.Equal(("HIT", "1"), (guess["x-vercel-cache"], guess["x-count"]));
    }

    [Fact]
    public async Task BypassFor_AMetCondition_AsksTheFunction()
    {
        const string Conditions =
            ",\"experimentalBypassFor\":[{\"type\":\"header\",\"key\":\"next-action\"},{\"type\":\"header\",\"key\":\"content-type\",\"value\":\"multipart/form-data;.*\"}]";
        await using var site = await ServeAsync(config: Config + Conditions);
        await site.Client.AnswerAsync("/page");

        var action = await site.Client.AnswerAsync("/page", ("next-action", "1"));
        var plain = await site.Client.AnswerAsync("/page");

        Assert.Equal(("MISS", "2"), (action["x-vercel-cache"], action["x-count"]));
        Assert.Equal(("HIT", "1"), (plain["x-vercel-cache"], plain["x-count"]));
    }

    [Fact]
    public async Task Post_AsksTheFunction()
    {
        await using var site = await ServeAsync();
        await site.Client.AnswerAsync("/page");
        using var body = new StringContent("x");

        var post = await site.Client.AnswerAsync(HttpMethod.Post, "/page", body);

        Assert.Equal(("MISS", "2"), (post["x-vercel-cache"], post["x-count"]));
    }

    [Fact]
    public async Task Revalidation_WithTheToken_AnswersTheNewOne()
    {
        await using var site = await ServeAsync();
        await site.Client.AnswerAsync("/page");

        var revalidated = await site.Client.AnswerAsync("/page", ("x-prerender-revalidate", Token));
        var after = await site.Client.AnswerAsync("/page");
        var guessed = await site.Client.AnswerAsync("/page", ("x-prerender-revalidate", Token[..^1] + "0"));

        Assert.Equal(("REVALIDATED", "2"), (revalidated["x-vercel-cache"], revalidated["x-count"]));
        Assert.Contains("x-prerender-revalidate", revalidated.Body, StringComparison.Ordinal);
        Assert.Equal(("HIT", "2"), (after["x-vercel-cache"], after["x-count"]));
        Assert.Equal(("HIT", "2"), (guessed["x-vercel-cache"], guessed["x-count"]));
    }

    [Fact]
    public async Task Revalidation_IfGenerated_LeavesWhatNobodyAskedFor()
    {
        await using var site = await ServeAsync();
        (string, string)[] headers = [("x-prerender-revalidate", Token), ("x-prerender-revalidate-if-generated", "1")];

        var refused = await site.Client.AnswerAsync("/page", headers);
        var first = await site.Client.AnswerAsync("/page");
        var revalidated = await site.Client.AnswerAsync("/page", headers);

        Assert.Equal(404, refused.Status);
        Assert.Equal(("MISS", "1"), (first["x-vercel-cache"], first["x-count"]));
        Assert.Equal(("REVALIDATED", "2"), (revalidated["x-vercel-cache"], revalidated["x-count"]));
    }

    [Theory]
    [InlineData("h-cache-control=s-maxage%3D60", 59, "HIT")]
    [InlineData("h-cache-control=s-maxage%3D60", 61, "STALE")]
    [InlineData("h-cache-control=s-maxage%3D60,stale-while-revalidate%3D5", 66, "MISS")]
    [InlineData("h-cache-control=private,no-store", 0, "MISS")]
    [InlineData("h-set-cookie=a%3Db", 0, "MISS")]
    [InlineData("status=404", 5, "HIT")]
    [InlineData("status=500", 0, "MISS")]
    [InlineData("status=307", 0, "HIT")]
    public async Task Page_WhatTheFunctionSays_DecidesWhatIsKept(string query, int seconds, string verdict)
    {
        await using var site = await ServeAsync(
            config: Config.Replace("[]", "null", StringComparison.Ordinal) + ",\"passQuery\":true"
        );
        var first = await site.Client.AnswerAsync($"/page?{query}");

        _clock.Advance(TimeSpan.FromSeconds(seconds));
        var second = await site.Client.AnswerAsync($"/page?{query}");

        Assert.Equal("MISS", first["x-vercel-cache"]);
        Assert.Equal(verdict, second["x-vercel-cache"]);
        Assert.Equal(first.Status, second.Status);
    }

    [Fact]
    public async Task Query_ThatIsAllowed_MakesPagesApartWhateverItsOrder()
    {
        var config = Config.Replace("[]", "[\"a\",\"b\"]", StringComparison.Ordinal) + ",\"passQuery\":true";
        await using var site = await ServeAsync(config: config);

        var first = await site.Client.AnswerAsync("/page?b=2&a=1&utm=x");
        var same = await site.Client.AnswerAsync("/page?a=1&b=2");
        var other = await site.Client.AnswerAsync("/page?a=2&b=2");

        Assert.Equal("/page?a=1&b=2", JsonDocument.Parse(first.Body).RootElement.GetProperty("url").GetString());
        Assert.Equal("HIT", same["x-vercel-cache"]);
        Assert.Equal("MISS", other["x-vercel-cache"]);
    }

    [Theory]
    [InlineData("""{"tags":["fabric"],"soft":true}""", "STALE")]
    [InlineData("""{"tags":["fabric"]}""", "MISS")]
    [InlineData("""{"tags":["_N_T_/page"]}""", "MISS")]
    [InlineData("""{"tags":["other"]}""", "HIT")]
    [InlineData("""{"urls":["SITE/page?x"],"soft":true}""", "STALE")]
    [InlineData("""{"urls":["SITE/page"]}""", "MISS")]
    [InlineData("""{"urls":["SITE/alias"]}""", "MISS")]
    [InlineData("""{"urls":["http://elsewhere.example/page"]}""", "MISS")]
    [InlineData("""{"urls":["SITE/other"]}""", "HIT")]
    [InlineData("""{"prefixes":["SITE/pa"]}""", "MISS")]
    [InlineData("""{"prefixes":["SITE/other"]}""", "HIT")]
    [InlineData("""{"all":true}""", "MISS")]
    [InlineData("""{"all":true,"soft":true}""", "STALE")]
    public async Task Purge_ThroughTheAdminListener_ReachesThePage(string order, string verdict)
    {
        await using var site = await ServeAsync();
        await site.Client.AnswerAsync("/page");

        await AdministerAsync(site, HttpMethod.Post, "/cache/purge", order);

        Assert.Equal(verdict, (await site.Client.AnswerAsync("/page"))["x-vercel-cache"]);
    }

    [Fact]
    public async Task Purge_OfABuildCopy_RendersThePage()
    {
        await using var site = await ServeAsync(fallback: "built");

        await AdministerAsync(site, HttpMethod.Post, "/cache/purge", """{"all":true}""");

        Assert.Equal("MISS", (await site.Client.AnswerAsync("/page"))["x-vercel-cache"]);
    }

    [Fact]
    public async Task List_OnTheAdminListener_TellsStateAgeAndTags()
    {
        await using var site = await ServeAsync();
        await site.Client.AnswerAsync("/page");
        await site.PrerendersAreQuietAsync();
        _clock.Advance(TimeSpan.FromSeconds(12));

        var listing = JsonDocument.Parse((await AdministerAsync(site, HttpMethod.Get, "/prerenders")).Body).RootElement;

        var entry = Assert.Single(listing.GetProperty("entries").EnumerateArray());
        Assert.EndsWith("/page", entry.GetProperty("key").GetString(), StringComparison.Ordinal);
        Assert.Equal("stale", entry.GetProperty("state").GetString());
        Assert.Equal(12, entry.GetProperty("age").GetInt32());
        Assert.Equal(["_N_T_/page", "fabric"], entry.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(1, listing.GetProperty("onDisk").GetInt32());
    }

    [Fact]
    public async Task Page_AskedForByAThousandConnectionsWhileItIsRendered_IsRenderedOnce()
    {
        var gate = new Gate();
        await using var origin = await FakeOrigin.StartAsync(
            async (_, http) =>
            {
                await gate.PassAsync(http.RequestAborted);
                await http.Response.WriteAsync("go");
            }
        );
        var source = $$"""
            import http from 'node:http';
            let count = 0;
            export default (request, response) => {
              count++;
              http.get('{{origin.BaseAddress}}', (go) => go.resume().on('end', () => response.end(String(count))));
            };
            """;
        await using var site = await Site.ServeAsync(
            "",
            new Dictionary<string, string>(Site.Prerender("page", source, Config), StringComparer.Ordinal),
            clock: _clock
        );

        var visits = Enumerable.Range(0, 1000).Select(_ => site.Client.AnswerAsync("/page")).ToList();
        await gate.ArrivalAsync();
        gate.Open();
        var seen = await Task.WhenAll(visits);

        Assert.Single(origin.Requests);
        Assert.All(seen, one => Assert.Equal((200, "1"), (one.Status, one.Body)));
    }

    [Fact]
    public async Task Function_ThatAsksForThePageItRenders_IsNotKeptWaitingForItself()
    {
        const string Source = """
            let depth = 0;
            export default async (request, response) => {
              const inner = depth++ === 0
                ? await (await fetch(`http://${request.headers.host}/page`)).text()
                : 'nothing';
              response.end(`page of ${inner}`);
            };
            """;
        await using var site = await Site.ServeAsync(
            "",
            new Dictionary<string, string>(Site.Prerender("page", Source, Config), StringComparer.Ordinal),
            clock: _clock
        );

        Assert.Equal("page of page of nothing", (await site.Client.AnswerAsync("/page")).Body);
    }

    private static async Task<HttpAnswer> AdministerAsync(Site site, HttpMethod method, string target, string? order = null)
    {
        using var client = PlainHttp.CreateClient(site.AdminAddress);
        using var content = order is null
            ? null
            : new StringContent(order.Replace("SITE", site.BaseAddress.ToString().TrimEnd('/'), StringComparison.Ordinal));
        return await client.AnswerAsync(method, target, content, ("authorization", $"Bearer {Token}"));
    }

    private Task<Site> ServeAsync(string config = Config, string? fallback = null)
    {
        if (fallback is not null)
            config += ",\"fallback\":\"page.prerender-fallback.html\"";
        return Site.ServeAsync(
            """{"src":"^/alias$","dest":"/page"}""",
            new Dictionary<string, string>(Site.Prerender("page", Counting, config, fallback), StringComparer.Ordinal),
            new SelvedgeOptions
            {
                Admin = new AdminOptions { Urls = "http://127.0.0.1:0", Token = Token },
            },
            clock: _clock
        );
    }
}
