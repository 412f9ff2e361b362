using Selvedge.Server.Tests.Serving;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Caching;

/// <summary>Functions through the cache: Vercel's table, with real functions.</summary>
public sealed class FunctionCacheTests
{
    private const string Counting = """
        let count = 0;
        export default (request, response) => {
          for (const [name, value] of new URL(request.url, 'http://x').searchParams) response.setHeader(name, value);
          response.end(String(++count));
        };
        """;

    [Theory]
    [InlineData("", "1,2", "MISS", "public, max-age=0, must-revalidate")]
    [InlineData("cache-control=s-maxage%3D60", "1,1", "HIT", "public, max-age=0, must-revalidate")]
    [InlineData("cache-control=max-age%3D5,s-maxage%3D60", "1,1", "HIT", "max-age=5")]
    [InlineData("cache-control=max-age%3D60", "1,1", "HIT", "max-age=60")]
    [InlineData("cache-control=private,max-age%3D60", "1,2", "MISS", "private,max-age=60")]
    [InlineData("cache-control=no-store&vercel-cdn-cache-control=max-age%3D60", "1,1", "HIT", "no-store")]
    [InlineData("cache-control=s-maxage%3D60&set-cookie=a%3Db", "1,2", "MISS", "public, max-age=0, must-revalidate")]
    [InlineData("cache-control=s-maxage%3D60&vary=cookie", "1,2", "MISS", "public, max-age=0, must-revalidate")]
    public async Task Get_WhatAFunctionSays_IsWhatTheEdgeDoes(string query, string bodies, string verdict, string browser)
    {
        await using var site = await ServeAsync();

        var first = await site.Client.AnswerAsync($"/f?{query}");
        var second = await site.Client.AnswerAsync($"/f?{query}");

        Assert.Equal(bodies, $"{first.Body},{second.Body}");
        Assert.Equal("MISS", first["x-vercel-cache"]);
        Assert.Equal(verdict, second["x-vercel-cache"]);
        Assert.Equal(browser, second["cache-control"]);
        Assert.Null(first["age"]);
        Assert.Equal(verdict == "HIT", second["age"] is not null);
    }

    [Fact]
    public async Task Get_StaleWhileRevalidate_AnswersTheOldAndThenTheNew()
    {
        await using var site = await ServeAsync();
        const string Target = "/f?cache-control=s-maxage%3D0,stale-while-revalidate%3D600";
        await site.Client.AnswerAsync(Target);

        var stale = await site.Client.AnswerAsync(Target);
        Assert.Equal(("STALE", "1"), (stale["x-vercel-cache"], stale.Body));

        while ((await site.Client.AnswerAsync(Target)).Body == "1")
        {
            // The refresh needs as long as the function does.
        }
    }

    [Fact]
    public async Task Get_WithAuthorization_AsksTheFunction()
    {
        await using var site = await ServeAsync();
        const string Target = "/f?cache-control=public,s-maxage%3D60";
        await site.Client.AnswerAsync(Target);

        var own = await site.Client.AnswerAsync(Target, ("authorization", "Bearer x"));

        Assert.Equal(("2", "MISS"), (own.Body, own["x-vercel-cache"]));
        Assert.Equal("Selvedge; fwd=bypass; fwd-status=200", own["cache-status"]);
    }

    [Fact]
    public async Task Get_AClientThatWantsNoCache_StillGetsTheHit()
    {
        await using var site = await ServeAsync();
        const string Target = "/f?cache-control=s-maxage%3D60";
        await site.Client.AnswerAsync(Target);

        Assert.Equal("HIT", (await site.Client.AnswerAsync(Target, ("cache-control", "no-cache")))["x-vercel-cache"]);
    }

    [Fact]
    public async Task Get_CacheControlOfARoute_CountsWhereTheFunctionSaysNothing()
    {
        await using var site = await ServeAsync("""{"src":"^/f$","headers":{"cache-control":"s-maxage=60"},"continue":true}""");
        await site.Client.AnswerAsync("/f");

        Assert.Equal("HIT", (await site.Client.AnswerAsync("/f"))["x-vercel-cache"]);
        var own = "/f?cache-control=no-store";
        await site.Client.AnswerAsync(own);
        Assert.Equal("MISS", (await site.Client.AnswerAsync(own))["x-vercel-cache"]);
    }

    [Fact]
    public async Task Get_OneUrlRoutedTwoWays_IsKeptApart()
    {
        await using var site = await ServeAsync(
            """{"src":"^/page$","has":[{"type":"cookie","key":"b"}],"dest":"/f?who=b&cache-control=s-maxage%3D60"},"""
                + """{"src":"^/page$","dest":"/f?who=a&cache-control=s-maxage%3D60"}"""
        );

        var a = await site.Client.AnswerAsync("/page");
        var b = await site.Client.AnswerAsync("/page", ("cookie", "b=1"));

        Assert.Equal(("a", "b"), (a["who"], b["who"]));
        Assert.Equal("a", (await site.Client.AnswerAsync("/page"))["who"]);
    }

    private static Task<Site> ServeAsync(string routes = "") =>
        Site.ServeAsync(routes, new Dictionary<string, string>(Site.Function("f", Counting), StringComparer.Ordinal));
}
