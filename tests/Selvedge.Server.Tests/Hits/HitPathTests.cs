using Microsoft.AspNetCore.Http;
using Selvedge.Server.Tests.Serving;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Hits;

/// <summary>Answers that are repeated from memory, and what must keep them from being: each site is asked until it knows the request.</summary>
public sealed class HitPathTests
{
    private static readonly string[] OfOneAnswer = ["age", "cache-status", "date", "x-vercel-id"];

    [Fact]
    public async Task Get_AKnownRequest_IsAnsweredLikeTheOneBefore()
    {
        await using var origin = await StartOriginAsync(http => http.Response.Headers["X-Of-The-Origin"] = "1");
        await using var site = await ServeAsync(origin, """{"src":"/(.*)","headers":{"x-of-the-route":"1"},"continue":true}""");
        var whole = await KnowAsync(site, "/a?q=1");

        var again = await site.Client.AnswerAsync("/a?q=1");

        Assert.Equal(("HIT", whole.Body), (again["x-vercel-cache"], again.Body));
        foreach (
            var name in new[]
            {
                "cache-control",
                "content-type",
                "content-length",
                "etag",
                "server",
                "x-of-the-route",
                "x-of-the-origin",
            }
        )
            Assert.Equal(whole.All(name), again.All(name));
        Assert.NotEqual(whole["x-vercel-id"], again["x-vercel-id"]);
        Assert.All(OfOneAnswer, name => Assert.Single(again.All(name)));
        Assert.Single(origin.Requests);
    }

    [Fact]
    public async Task Get_AKnownRequest_TellsTheAgeOfTheMoment()
    {
        var clock = new ManualClock();
        await using var origin = await StartOriginAsync(http => http.Response.Headers.Date = clock.GetUtcNow().ToString("R"));
        await using var site = await ServeAsync(origin, clock: clock);
        await KnowAsync(site, "/a");
        var before = await site.Client.AnswerAsync("/a");

        clock.Advance(TimeSpan.FromSeconds(7));

        var after = await site.Client.AnswerAsync("/a");
        Assert.Equal(("0", "7"), (before["age"], after["age"]));
        Assert.Equal(("Selvedge; hit; ttl=60", "Selvedge; hit; ttl=53"), (before["cache-status"], after["cache-status"]));
    }

    [Fact]
    public async Task Get_AKnownRequestWhoseResponseIsStale_AsksTheOrigin()
    {
        var clock = new ManualClock();
        await using var origin = await StartOriginAsync(http => http.Response.Headers.Date = clock.GetUtcNow().ToString("R"));
        await using var site = await ServeAsync(origin, clock: clock);
        await KnowAsync(site, "/a");

        clock.Advance(TimeSpan.FromSeconds(61));

        await site.Client.AnswerAsync("/a");
        Assert.Equal(2, origin.Requests.Count);
    }

    [Fact]
    public async Task Get_AKnownRequestWhoseResponseWasInvalidated_AsksTheOrigin()
    {
        await using var origin = await StartOriginAsync();
        await using var site = await ServeAsync(origin);
        await KnowAsync(site, "/a");

        await site.Client.AnswerAsync(HttpMethod.Post, "/a", new ByteArrayContent([]));

        Assert.Equal("MISS", (await site.Client.AnswerAsync("/a"))["x-vercel-cache"]);
    }

    [Theory]
    [InlineData("if-none-match", "\"1\"", 304)]
    [InlineData("range", "bytes=0-1", 206)]
    [InlineData("cache-control", "no-cache", 200)]
    [InlineData("authorization", "Basic YTpi", 200)]
    public async Task Get_WithADemandForAKnownRequest_GetsWhatItDemands(string name, string value, int status)
    {
        await using var origin = await StartOriginAsync();
        await using var site = await ServeAsync(origin);
        await KnowAsync(site, "/a");

        var answer = await site.Client.AnswerAsync("/a", (name, value));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? 2 : 1, origin.Requests.Count);
    }

    [Fact]
    public async Task Get_AVariantOfAKnownRequest_IsItsOwn()
    {
        await using var origin = await StartOriginAsync(http => http.Response.Headers.Vary = "Accept-Language");
        await using var site = await ServeAsync(origin);
        var german = await KnowAsync(site, "/a", ("accept-language", "de"));
        var french = await KnowAsync(site, "/a", ("accept-language", "fr"));

        Assert.Equal(german.Body, (await site.Client.AnswerAsync("/a", ("accept-language", "de"))).Body);
        Assert.Equal(french.Body, (await site.Client.AnswerAsync("/a", ("accept-language", "fr"))).Body);
        Assert.NotEqual(german.Body, french.Body);
    }

    [Fact]
    public async Task Get_AKnownTargetOfAnotherHost_IsAnother()
    {
        await using var origin = await StartOriginAsync();
        await using var site = await ServeAsync(origin);
        var one = await KnowAsync(site, "/a", ("host", "one.test"));

        var other = await site.Client.AnswerAsync("/a", ("host", "other.test"));

        Assert.NotEqual(one.Body, other.Body);
    }

    [Theory]
    [InlineData("""{"type":"header","key":"x-preview"}""", "x-preview", "1")]
    [InlineData("""{"type":"cookie","key":"beta"}""", "cookie", "beta=1")]
    public async Task Get_AKnownTargetThatIsRoutedOtherwise_GoesWhereItIsRouted(string condition, string name, string value)
    {
        await using var origin = await StartOriginAsync();
        await using var site = await ServeAsync(
            origin,
            $$$"""{"src":"/a","has":[{{{condition}}}],"status":307,"headers":{"location":"/b"}}"""
        );
        await KnowAsync(site, "/a");

        var answer = await site.Client.AnswerAsync("/a", (name, value));

        Assert.Equal(307, answer.Status);
    }

    [Fact]
    public async Task Get_AKnownFile_IsAnsweredLikeTheOneBefore()
    {
        await using var site = await Site.ServeAsync(
            """{"src":"/a.txt","headers":{"cache-control":"max-age=9"},"continue":true},{"handle":"filesystem"}""",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["static/a.txt"] = "content" }
        );
        var whole = await KnowAsync(site, "/a.txt");

        var again = await site.Client.AnswerAsync("/a.txt");

        Assert.Equal(("content", 200), (again.Body, again.Status));
        foreach (
            var name in new[]
            {
                "cache-control",
                "content-disposition",
                "content-type",
                "etag",
                "last-modified",
                "x-matched-path",
            }
        )
            Assert.Equal(whole.All(name), again.All(name));
        Assert.Equal(206, (await site.Client.AnswerAsync("/a.txt", ("range", "bytes=1-2"))).Status);
        Assert.Equal(304, (await site.Client.AnswerAsync("/a.txt", ("if-none-match", whole["etag"]!))).Status);
        Assert.Equal(405, (await site.Client.AnswerAsync(HttpMethod.Post, "/a.txt", content: null)).Status);
    }

    [Fact]
    public async Task Get_KnownRequestsSentWithoutWaiting_AreAllAnsweredInOrder()
    {
        await using var origin = await StartOriginAsync();
        await using var site = await ServeAsync(origin);
        await KnowAsync(site, "/a");
        using var connection = await RawConnection.OpenAsync(site.BaseAddress);

        // More than one connection may have answered in a row.
        var authority = site.BaseAddress.Authority;
        await connection.SendAsync(string.Concat(Enumerable.Repeat($"GET /a HTTP/1.1\r\nhost: {authority}\r\n\r\n", 300)));
        await connection.SendAsync($"GET /a HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n\r\n");

        var all = await connection.ReadToEndAsync();
        Assert.Equal(301, all.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.Single(origin.Requests);
    }

    // The first request fills the cache, the second is a hit on the whole way, and makes it known.
    private static async Task<HttpAnswer> KnowAsync(Site site, string target, params (string Name, string Value)[] headers)
    {
        await site.Client.AnswerAsync(target, headers);
        return await site.Client.AnswerAsync(target, headers);
    }

    // Every answer is another, so that one that is repeated can be told.
    private static Task<FakeOrigin> StartOriginAsync(Action<HttpContext>? change = null)
    {
        var count = 0;
        return FakeOrigin.StartAsync(
            (_, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                http.Response.Headers.ETag = "\"1\"";
                http.Response.ContentType = "text/plain";
                change?.Invoke(http);
                return http.Response.WriteAsync($"answer {Interlocked.Increment(ref count)}");
            }
        );
    }

    private static Task<Site> ServeAsync(FakeOrigin origin, string routes = "", TimeProvider? clock = null)
    {
        var proxy = $$"""{"src":"^/(.*)$","dest":"{{origin.BaseAddress.ToString().TrimEnd('/')}}/$1"}""";
        return Site.ServeAsync(
            routes.Length == 0 ? proxy : $"{routes},{proxy}",
            new Dictionary<string, string>(StringComparer.Ordinal),
            clock: clock
        );
    }
}
