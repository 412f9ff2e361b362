using System.Globalization;
using Microsoft.AspNetCore.Http;
using Selvedge.Server.Configuration;
using Selvedge.Server.Tests.Serving;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Caching;

/// <summary>External rewrites through the cache, over real sockets.</summary>
public sealed class ExternalCacheTests
{
    [Fact]
    public async Task Get_ACacheableResponse_ComesFromTheCacheTheSecondTime()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (_, http) =>
            {
                http.Response.Headers.CacheControl = "s-maxage=60, max-age=1";
                http.Response.Headers.Age = "5";
                return http.Response.WriteAsync("a");
            }
        );
        await using var site = await ProxyToAsync(origin);

        var first = await site.Client.AnswerAsync("/x?q=1");
        var second = await site.Client.AnswerAsync("/x?q=1");

        Assert.Single(origin.Requests);
        Assert.Equal(("MISS", "HIT"), (first["x-vercel-cache"], second["x-vercel-cache"]));
        Assert.Equal("a", second.Body);
        Assert.Equal("s-maxage=60, max-age=1", second["cache-control"]);
        Assert.InRange(int.Parse(second["age"]!, CultureInfo.InvariantCulture), 5, 50);
        Assert.StartsWith("Selvedge; fwd=uri-miss; fwd-status=200; ttl=", first["cache-status"]);
        Assert.EndsWith("; stored", first["cache-status"]);
        Assert.StartsWith("Selvedge; hit; ttl=", second["cache-status"]);
    }

    [Theory]
    [InlineData("/x", "/x?")]
    [InlineData("/x?a=1&b=2", "/x?b=2&a=1")]
    [InlineData("/x?a=1", "/x?a=1;b=2")]
    [InlineData("/x%2Fy", "/x/y")]
    [InlineData("/x;v=1", "/x")]
    public async Task Get_OtherBytesInTheTarget_IsAnotherResource(string one, string other)
    {
        await using var origin = await FakeOrigin.StartAsync(
            (request, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                return http.Response.WriteAsync(request.Target);
            }
        );
        await using var site = await ProxyToAsync(origin);
        var first = await site.Client.AnswerAsync(one);

        var second = await site.Client.AnswerAsync(other);

        Assert.True(first.Body != second.Body || one == "/x");
        Assert.True(origin.Requests.Count == 2 || other == "/x?");
    }

    [Fact]
    public async Task Get_ByManyAtOnce_AsksTheOriginOnce()
    {
        var gate = new Gate();
        await using var origin = await FakeOrigin.StartAsync(
            async (_, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                await gate.PassAsync(http.RequestAborted);
                await http.Response.WriteAsync("a");
            }
        );
        await using var site = await ProxyToAsync(origin);

        var crowd = Enumerable.Range(0, 50).Select(_ => site.Client.AnswerAsync("/x")).ToList();
        await gate.ArrivalAsync();
        gate.Open();
        var answers = await Task.WhenAll(crowd);

        Assert.Single(origin.Requests);
        Assert.All(answers, answer => Assert.Equal("a", answer.Body));
    }

    [Fact]
    public async Task Get_APartOfAStoredResponse_IsCutFromIt()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (_, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                http.Response.Headers.ETag = "\"1\"";
                return http.Response.WriteAsync("0123456789");
            }
        );
        await using var site = await ProxyToAsync(origin);
        await site.Client.AnswerAsync("/x");

        var part = await site.Client.AnswerAsync("/x", ("range", "bytes=2-4"));
        var suffix = await site.Client.AnswerAsync("/x", ("range", "bytes=-3"), ("if-range", "\"1\""));
        var changed = await site.Client.AnswerAsync("/x", ("range", "bytes=2-4"), ("if-range", "\"2\""));
        var beyond = await site.Client.AnswerAsync("/x", ("range", "bytes=10-"));

        Assert.Equal((206, "234", "bytes 2-4/10"), (part.Status, part.Body, part["content-range"]));
        Assert.Equal((206, "789"), (suffix.Status, suffix.Body));
        Assert.Equal((200, "0123456789"), (changed.Status, changed.Body));
        Assert.Equal((416, "bytes */10"), (beyond.Status, beyond["content-range"]));
        Assert.Single(origin.Requests);
    }

    [Fact]
    public async Task Get_AColdRange_PassesAndIsNeverTakenForTheWhole()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (request, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                if (!request.Headers.ContainsKey("range"))
                    return http.Response.WriteAsync("0123456789");
                http.Response.StatusCode = 206;
                http.Response.Headers.ContentRange = "bytes 0-1/10";
                return http.Response.WriteAsync("01");
            }
        );
        await using var site = await ProxyToAsync(origin);

        var part = await site.Client.AnswerAsync("/x", ("range", "bytes=0-1"));
        var whole = await site.Client.AnswerAsync("/x");

        Assert.Equal((206, "01"), (part.Status, part.Body));
        Assert.Equal((200, "0123456789"), (whole.Status, whole.Body));
    }

    [Fact]
    public async Task Get_WhatTheClientHas_IsAnsweredNotModified()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (_, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                http.Response.Headers.ETag = "\"1\"";
                return http.Response.WriteAsync("a");
            }
        );
        await using var site = await ProxyToAsync(origin);

        var cold = await site.Client.AnswerAsync("/x", ("if-none-match", "\"1\""));
        var warm = await site.Client.AnswerAsync("/x", ("if-none-match", "\"0\", W/\"1\""));
        var other = await site.Client.AnswerAsync("/x", ("if-none-match", "\"2\""));

        Assert.Equal((304, 304, 200), (cold.Status, warm.Status, other.Status));
        Assert.Equal("", warm.Body);
        Assert.DoesNotContain("if-none-match", Assert.Single(origin.Requests).Headers.Keys);
    }

    [Fact]
    public async Task Post_ThatSucceeds_InvalidatesItsUrlAndWhatItPointsTo()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (request, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                if (request.Method == "POST")
                {
                    http.Response.Headers.Location = "/made?x=1";
                    http.Response.Headers.ContentLocation = "http://elsewhere.example/other";
                }

                return http.Response.WriteAsync("a");
            }
        );
        await using var site = await ProxyToAsync(origin);
        foreach (var target in new[] { "/x", "/made?x=1", "/other" })
            await site.Client.AnswerAsync(target);

        await site.Client.AnswerAsync(HttpMethod.Post, "/x", new StringContent("b"));

        Assert.Equal("MISS", (await site.Client.AnswerAsync("/x"))["x-vercel-cache"]);
        Assert.Equal("MISS", (await site.Client.AnswerAsync("/made?x=1"))["x-vercel-cache"]);
        Assert.Equal("HIT", (await site.Client.AnswerAsync("/other"))["x-vercel-cache"]);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(null)]
    public async Task Get_ABodyThatBreaksOff_IsToldToTheClientAndNotKept(int? declared)
    {
        var breaks = true;
        var seen = new Gate();
        await using var origin = await FakeOrigin.StartAsync(
            async (_, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                http.Response.ContentLength = breaks ? declared : null;
                await http.Response.WriteAsync(breaks ? "short" : "whole");
                await http.Response.Body.FlushAsync();
                if (breaks)
                {
                    // Only once the client has the beginning: a connection reset earlier would take that along.
                    await seen.PassAsync();
                    http.Abort();
                }
            }
        );
        await using var site = await ProxyToAsync(origin);

        using var response = await site.Client.GetAsync("/x", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[5]);
        seen.Open();
        var broken = await Assert.ThrowsAnyAsync<IOException>(async () => await body.ReadExactlyAsync(new byte[5]));
        Assert.IsNotType<EndOfStreamException>(broken);
        breaks = false;

        Assert.Equal("whole", (await site.Client.AnswerAsync("/x")).Body);
        Assert.Equal(("whole", "HIT"), await BodyAndVerdictAsync(site, "/x"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(431)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task Get_AnErrorProvokedByAnOddRequest_IsNotKeptForTheNext(int status)
    {
        await using var origin = await FakeOrigin.StartAsync(
            (request, http) =>
            {
                http.Response.StatusCode = request.Headers.ContainsKey("x-odd") ? status : 200;
                return http.Response.WriteAsync("a");
            }
        );
        await using var site = await ProxyToAsync(origin);

        Assert.Equal(status, (await site.Client.AnswerAsync("/x", ("x-odd", "1"))).Status);

        Assert.Equal(200, (await site.Client.AnswerAsync("/x")).Status);
    }

    [Fact]
    public async Task Get_APathThatLooksLikeAFile_IsJudgedByItsResponseAlone()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (request, http) => http.Response.WriteAsync(request.Headers.GetValueOrDefault("cookie", "nobody"))
        );
        await using var site = await ProxyToAsync(origin);
        await site.Client.AnswerAsync("/account/x.css", ("cookie", "victim"));

        Assert.Equal("nobody", (await site.Client.AnswerAsync("/account/x.css")).Body);
    }

    [Fact]
    public async Task Get_WithABody_NeitherFillsTheCacheNorComesFromIt()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (request, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                return http.Response.WriteAsync($"[{request.Body}]");
            }
        );
        await using var site = await ProxyToAsync(origin);

        var fat = await site.Client.AnswerAsync(HttpMethod.Get, "/x", new StringContent("poison"));
        var plain = await site.Client.AnswerAsync("/x");
        var again = await site.Client.AnswerAsync(HttpMethod.Get, "/x", new StringContent("poison"));

        Assert.Equal(("[poison]", "[]", "[poison]"), (fat.Body, plain.Body, again.Body));
    }

    [Fact]
    public async Task Get_WithHeadersThatClientsMayNotSend_CannotPoison()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (request, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                return http.Response.WriteAsync(request.Headers["x-forwarded-host"]);
            }
        );
        await using var site = await ProxyToAsync(origin);

        await site.Client.AnswerAsync("/x", ("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example"));

        Assert.Equal(site.BaseAddress.Authority, (await site.Client.AnswerAsync("/x")).Body);
    }

    [Fact]
    public async Task Get_AnotherHost_IsAnotherResource()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (request, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                return http.Response.WriteAsync(request.Headers["x-forwarded-host"]);
            }
        );
        await using var site = await ProxyToAsync(origin);

        Assert.Equal("a.example", (await site.Client.AnswerAsync("/x", ("host", "a.example"))).Body);
        Assert.Equal("b.example", (await site.Client.AnswerAsync("/x", ("host", "b.example"))).Body);
        Assert.Equal("HIT", (await site.Client.AnswerAsync("/x", ("host", "A.example")))["x-vercel-cache"]);
    }

    [Fact]
    public async Task Get_VaryOnWhatTheServerSetsItself_SeesTheValueTheOriginSaw()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (request, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                http.Response.Headers.Vary = "X-Forwarded-For, Host, Accept-Language";
                return http.Response.WriteAsync("a");
            }
        );
        await using var site = await ProxyToAsync(origin);
        await site.Client.AnswerAsync("/x");

        Assert.Equal("HIT", (await site.Client.AnswerAsync("/x"))["x-vercel-cache"]);
        Assert.Equal("MISS", (await site.Client.AnswerAsync("/x", ("accept-language", "de")))["x-vercel-cache"]);
    }

    [Fact]
    public async Task Get_ARouteThatSaysNotToCache_AlwaysAsks()
    {
        await using var origin = await FakeOrigin.StartAsync(Cacheable);
        await using var site = await ProxyToAsync(origin, """,{"respectOriginCacheControl":false}""");

        await site.Client.AnswerAsync("/x");
        await site.Client.AnswerAsync("/x");

        Assert.Equal(2, origin.Requests.Count);
    }

    [Fact]
    public async Task Get_ASetCookie_IsSharedOnlyWhereTheSettingsSaySo()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (_, http) =>
            {
                http.Response.Headers.SetCookie = "a=b";
                return Cacheable(null!, http);
            }
        );
        await using var careful = await ProxyToAsync(origin);
        await using var sharing = await ProxyToAsync(
            origin,
            options: new SelvedgeOptions { Cache = new EdgeCacheOptions { ShareSetCookie = true } }
        );
        await careful.Client.AnswerAsync("/x");
        await sharing.Client.AnswerAsync("/x");

        Assert.Equal("MISS", (await careful.Client.AnswerAsync("/x"))["x-vercel-cache"]);
        Assert.Equal("HIT", (await sharing.Client.AnswerAsync("/x"))["x-vercel-cache"]);
    }

    [Fact]
    public async Task Get_LanguagesInAnotherOrder_ShareOnlyWhereTheSettingsSaySo()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (_, http) =>
            {
                http.Response.Headers.Vary = "Accept-Language";
                return Cacheable(null!, http);
            }
        );
        await using var careful = await ProxyToAsync(origin);
        await using var sharing = await ProxyToAsync(
            origin,
            options: new SelvedgeOptions { Cache = new EdgeCacheOptions { IgnoreLanguageOrder = true } }
        );
        await careful.Client.AnswerAsync("/x", ("Accept-Language", "en, de"));
        await sharing.Client.AnswerAsync("/x", ("Accept-Language", "en, de"));

        Assert.Equal("MISS", (await careful.Client.AnswerAsync("/x", ("Accept-Language", "de, en")))["x-vercel-cache"]);
        Assert.Equal("HIT", (await sharing.Client.AnswerAsync("/x", ("Accept-Language", "de, en")))["x-vercel-cache"]);
        Assert.Equal("MISS", (await sharing.Client.AnswerAsync("/x", ("Accept-Language", "de, fr")))["x-vercel-cache"]);
    }

    [Fact]
    public async Task Get_EdgeFields_StayInside()
    {
        await using var origin = await FakeOrigin.StartAsync(
            (_, http) =>
            {
                http.Response.Headers["vercel-cdn-cache-control"] = "max-age=60";
                http.Response.Headers["vercel-cache-tag"] = "a";
                http.Response.Headers["cdn-cache-control"] = "max-age=30";
                return http.Response.WriteAsync("a");
            }
        );
        await using var site = await ProxyToAsync(origin);
        await site.Client.AnswerAsync("/x");

        var hit = await site.Client.AnswerAsync("/x");

        Assert.Equal("HIT", hit["x-vercel-cache"]);
        Assert.Null(hit["vercel-cdn-cache-control"]);
        Assert.Null(hit["vercel-cache-tag"]);
        Assert.Equal("max-age=30", hit["cdn-cache-control"]);
    }

    [Fact]
    public async Task Get_AfterARestart_ComesFromDisk()
    {
        await using var origin = await FakeOrigin.StartAsync(Cacheable);
        using var data = new TempDirectory();
        await using (var before = await ProxyToAsync(origin, dataDirectory: data.Path))
        {
            await before.Client.AnswerAsync("/x", ("Host", "example.com"));
            await before.Client.AnswerAsync("/x", ("Host", "example.com"));
        }

        await using var after = await ProxyToAsync(origin, dataDirectory: data.Path);

        Assert.Equal("HIT", (await after.Client.AnswerAsync("/x", ("Host", "example.com")))["x-vercel-cache"]);
        Assert.Single(origin.Requests);
    }

    [Fact]
    public async Task Get_WithoutADisk_LeavesNoFiles()
    {
        await using var origin = await FakeOrigin.StartAsync(Cacheable);
        using var data = new TempDirectory();
        var options = new SelvedgeOptions { Cache = new EdgeCacheOptions { DiskBytes = 0 } };
        await using var site = await ProxyToAsync(origin, options: options, dataDirectory: data.Path);
        await site.Client.AnswerAsync("/x");
        await site.Client.AnswerAsync("/x");

        Assert.False(Directory.Exists(data.Combine("cache")));
    }

    [Fact]
    public async Task Get_WhileAnotherServerHasTheDirectory_DoesWithoutADisk()
    {
        await using var origin = await FakeOrigin.StartAsync(Cacheable);
        using var data = new TempDirectory();
        // The data cache insists on its directory.
        var options = new SelvedgeOptions { DataCache = new DataOptions { DiskBytes = 0 } };
        await using var first = await ProxyToAsync(origin, options: options, dataDirectory: data.Path);
        await using var second = await ProxyToAsync(origin, options: options, dataDirectory: data.Path);

        Assert.Equal("a", (await second.Client.AnswerAsync("/x")).Body);
        Assert.Equal("a", (await first.Client.AnswerAsync("/x")).Body);
    }

    [Fact]
    public async Task Get_ARangeOfALongBody_ComesFromDisk()
    {
        var body = string.Concat(Enumerable.Range(0, 400_000).Select(i => i.ToString("d7", CultureInfo.InvariantCulture)));
        await using var origin = await FakeOrigin.StartAsync(
            (_, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=60";
                return http.Response.WriteAsync(body);
            }
        );
        await using var site = await ProxyToAsync(origin);
        Assert.Equal(body, (await site.Client.AnswerAsync("/x")).Body);

        // The end of the body has been sent before its last bytes are on disk.
        var part = await site.Client.AnswerAsync("/x", ("Range", "bytes=2000000-2000099"));
        while (part.Status == 206 && part["x-vercel-cache"] != "HIT" || part.Status == 200)
        {
            part = await site.Client.AnswerAsync("/x", ("Range", "bytes=2000000-2000099"));
        }

        Assert.Equal(body[2_000_000..2_000_100], part.Body);
        Assert.Equal($"bytes 2000000-2000099/{body.Length}", part["content-range"]);
    }

    private static async Task<(string Body, string? Verdict)> BodyAndVerdictAsync(Site site, string target)
    {
        var answer = await site.Client.AnswerAsync(target);
        return (answer.Body, answer["x-vercel-cache"]);
    }

    private static Task Cacheable(RecordedRequest request, HttpContext http)
    {
        http.Response.Headers.CacheControl = "max-age=60";
        return http.Response.WriteAsync("a");
    }

    private static Task<Site> ProxyToAsync(
        FakeOrigin origin,
        string extra = "",
        SelvedgeOptions? options = null,
        string? dataDirectory = null
    )
    {
        var more = extra.Length == 0 ? "" : "," + extra.Trim(',', '{', '}');
        var route = $$"""{"src":"^/(.*)$","dest":"{{origin.BaseAddress.ToString().TrimEnd('/')}}/$1"{{more}}}""";
        return Site.ServeAsync(
            route,
            new Dictionary<string, string>(StringComparer.Ordinal),
            options,
            dataDirectory: dataDirectory
        );
    }
}
