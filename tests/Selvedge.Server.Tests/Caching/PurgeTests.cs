using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Selvedge.Server.Configuration;
using Selvedge.Server.Tests.Serving;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Caching;

/// <summary>Purging through the admin listener.</summary>
public sealed class PurgeTests
{
    private const string Token = "a token of some length";

    [Theory]
    [InlineData("""{"tags":["blog"]}""", "MISS", "HIT")]
    [InlineData("""{"tags":["blog"],"soft":true}""", "STALE", "HIT")]
    [InlineData("""{"urls":["SITE/blog/1?q"]}""", "MISS", "HIT")]
    [InlineData("""{"urls":["SITE/blog/1?q"],"soft":true}""", "STALE", "HIT")]
    [InlineData("""{"urls":["SITE/blog/1"]}""", "HIT", "HIT")]
    [InlineData("""{"prefixes":["SITE/blog/"]}""", "MISS", "HIT")]
    [InlineData("""{"all":true}""", "MISS", "MISS")]
    public async Task Purge_AnOrder_HoldsWhenItIsAnswered(string order, string blog, string other)
    {
        await using var origin = await FakeOrigin.StartAsync(
            (request, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=600";
                http.Response.Headers["vercel-cache-tag"] = request.Target.StartsWith("/blog", StringComparison.Ordinal)
                    ? "a, blog"
                    : "b";
                return http.Response.WriteAsync("a");
            }
        );
        await using var site = await ServeAsync(origin);
        foreach (var target in new[] { "/blog/1?q", "/other" })
            await site.Client.AnswerAsync(target);
        Assert.Equal("HIT", (await site.Client.AnswerAsync("/blog/1?q"))["x-vercel-cache"]);

        var answer = await PurgeAsync(
            site,
            order.Replace("SITE", site.BaseAddress.ToString().TrimEnd('/'), StringComparison.Ordinal)
        );

        Assert.Equal(204, answer.Status);
        Assert.Equal(blog, (await site.Client.AnswerAsync("/blog/1?q"))["x-vercel-cache"]);
        Assert.Equal(other, (await site.Client.AnswerAsync("/other"))["x-vercel-cache"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic a token of some length")]
    public async Task Purge_WithoutTheToken_IsRefused(string authorization)
    {
        await using var origin = await FakeOrigin.StartAsync((_, http) => http.Response.WriteAsync("a"));
        await using var site = await ServeAsync(origin);

        Assert.Equal(401, (await PurgeAsync(site, """{"all":true}""", authorization)).Status);
    }

    [Theory]
    [InlineData("{}", "Name urls")]
    [InlineData("[]", "cannot be read")]
    [InlineData("""{"tag":["a"]}""", "cannot be read")]
    [InlineData("""{"tags":null}""", "cannot be read")]
    [InlineData("""{"urls":["/relative"]}""", "'/relative' is not an absolute")]
    public async Task Purge_AnOrderThatMakesNoSense_SaysWhy(string order, string expected)
    {
        await using var origin = await FakeOrigin.StartAsync((_, http) => http.Response.WriteAsync("a"));
        await using var site = await ServeAsync(origin);

        var answer = await PurgeAsync(site, order);

        Assert.Equal(400, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_OfAFilledCache_CountsIt()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (_, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=600";
                return http.Response.WriteAsync("a");
            }
        );
        await using var site = await ServeAsync(origin);
        await site.Client.AnswerAsync("/x");
        using var client = PlainHttp.CreateClient(site.AdminAddress);

        var answer = await client.AnswerAsync("/cache", ("authorization", $"Bearer {Token}"));

        Assert.Contains("\"responses\":1,", answer.Body, StringComparison.Ordinal);
        Assert.Equal(401, (await client.AnswerAsync("/cache")).Status);
    }

    [Fact]
    public async Task Purge_FromThePublicSide_IsRefused()
    {
        await using var origin = await FakeOrigin.StartAsync((_, http) => http.Response.WriteAsync("a"));
        await using var site = await ServeAsync(origin);

        var answer = await site.Client.AnswerAsync(new HttpMethod("PURGE"), "/x", content: null);

        Assert.Equal((int)HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Empty(origin.Requests);
    }

    private static async Task<HttpAnswer> PurgeAsync(Site site, string order, string authorization = $"Bearer {Token}")
    {
        using var client = PlainHttp.CreateClient(site.AdminAddress);
        using var content = new StringContent(order, Encoding.UTF8, "application/json");
        return await client.AnswerAsync(HttpMethod.Post, "/cache/purge", content, ("authorization", authorization));
    }

    private static Task<Site> ServeAsync(FakeOrigin origin) =>
        Site.ServeAsync(
            $$"""{"src":"^/(.*)$","dest":"{{origin.BaseAddress.ToString().TrimEnd('/')}}/$1"}""",
            new Dictionary<string, string>(StringComparer.Ordinal),
            new SelvedgeOptions
            {
                Admin = new AdminOptions { Urls = "http://127.0.0.1:0", Token = Token },
            }
        );
}
