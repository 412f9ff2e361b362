using System.Text;
using Selvedge.Server.Configuration;
using Selvedge.Server.Streams;
using Selvedge.Server.Tests.Serving;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Streams;

/// <summary>Streams beside a site take its paths when a project is made, and not before.</summary>
public sealed class BesideASiteTests
{
    private const string AdminToken = "a token of some length";

    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["static/v1/shop/stream/page"] = "the site's",
        ["static/v1/stream/page"] = "the site's",
        ["static/health"] = "the site's",
    };

    [Theory]
    [InlineData("/v1/shop/stream/page")]
    [InlineData("/v1/stream/page")]
    [InlineData("/health")]
    public async Task Path_WithoutAProject_IsTheSites(string target)
    {
        await using var site = await ServeAsync();

        var answer = await site.Client.AnswerAsync(target);

        Assert.Equal((200, "the site's"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Path_OfAProjectThatWasMade_IsTheStreams()
    {
        await using var site = await ServeAsync();
        Assert.Equal(404, (await AdminAsync(site, HttpMethod.Get, "/projects/shop")).Status);

        Assert.Equal(201, (await AdminAsync(site, HttpMethod.Put, "/projects/shop", "{}")).Status);

        Assert.Equal(401, (await site.Client.AnswerAsync("/v1/shop/stream/page")).Status);
        Assert.Equal("the site's", (await site.Client.AnswerAsync("/v1/stream/page")).Body);
        Assert.Equal("the site's", (await site.Client.AnswerAsync("/health")).Body);
    }

    [Fact]
    public async Task Path_OfAProjectThatWasRemoved_IsTheSitesAgain()
    {
        await using var site = await ServeAsync();
        await AdminAsync(site, HttpMethod.Put, "/projects/shop", "{}");

        Assert.Equal(204, (await AdminAsync(site, HttpMethod.Delete, "/projects/shop")).Status);

        Assert.Equal("the site's", (await site.Client.AnswerAsync("/v1/shop/stream/page")).Body);
    }

    [Fact]
    public async Task Auth_None_TakesEveryPathOfStreams()
    {
        await using var site = await ServeAsync(new StreamOptions { Auth = StreamAuth.None, InMemory = true });

        Assert.Equal(404, (await site.Client.AnswerAsync("/v1/shop/stream/page")).Status);
        Assert.Equal("the site's", (await site.Client.AnswerAsync("/health")).Body);
    }

    [Fact]
    public async Task Enabled_False_LeavesEverythingToTheSite()
    {
        await using var site = await ServeAsync(new StreamOptions { Enabled = false, Auth = StreamAuth.None });

        Assert.Equal("the site's", (await site.Client.AnswerAsync("/v1/shop/stream/page")).Body);
        Assert.Equal(404, (await AdminAsync(site, HttpMethod.Get, "/projects")).Status);
    }

    [Theory]
    [InlineData("PUT", "/projects/shop", """{"secret":"short"}""", 400)]
    [InlineData("PUT", "/projects/a.b", "{}", 400)]
    [InlineData("PUT", "/projects/shop", """{"nonsense":1}""", 400)]
    [InlineData("POST", "/projects/shop/token", """{"scope":"admin"}""", 400)]
    [InlineData("POST", "/projects/shop/token", """{"scope":"read","seconds":0}""", 400)]
    [InlineData("POST", "/projects/none/token", """{"scope":"read"}""", 404)]
    [InlineData("GET", "/projects/shop/nonsense", "", 404)]
    [InlineData("PUT", "/projects/none/cors", "{}", 404)]
    public async Task Admin_WhatIsWrong_IsAnsweredWith(string method, string target, string body, int status)
    {
        await using var site = await ServeAsync();

        Assert.Equal(status, (await AdminAsync(site, new HttpMethod(method), target, body)).Status);
    }

    [Fact]
    public async Task Admin_ProjectsWithoutTheToken_AreNotShown()
    {
        await using var site = await ServeAsync();
        using var client = PlainHttp.CreateClient(site.AdminAddress);

        Assert.Equal(401, (await client.AnswerAsync("/projects")).Status);
    }

    [Fact]
    public async Task Admin_TokenOfAProjectWithoutSecrets_IsRefused()
    {
        await using var site = await ServeAsync();
        await AdminAsync(site, HttpMethod.Put, "/projects/shop", "{}");

        Assert.Equal(409, (await AdminAsync(site, HttpMethod.Post, "/projects/shop/token", """{"scope":"read"}""")).Status);
    }

    [Fact]
    public async Task Admin_WebhookKey_IsTurnedOverAndBothArePublished()
    {
        await using var site = await ServeAsync();
        await AdminAsync(site, HttpMethod.Put, "/projects/shop", "{}");

        var turned = await AdminAsync(site, HttpMethod.Post, "/streams/keys");

        var published = (await site.Client.AnswerAsync("/v1/shop/stream/__ds/jwks.json")).Body;
        Assert.Equal(200, turned.Status);
        Assert.Equal(3, published.Split("\"kid\"").Length);
    }

    private static Task<Site> ServeAsync(StreamOptions? streams = null) =>
        Site.ServeAsync(
            routes: """{"handle":"filesystem"}""",
            Files,
            new SelvedgeOptions
            {
                Streams = streams ?? new StreamOptions { InMemory = true },
                Admin = new AdminOptions { Urls = "http://127.0.0.1:0", Token = AdminToken },
            }
        );

    private static async Task<HttpAnswer> AdminAsync(Site site, HttpMethod method, string target, string? body = null)
    {
        using var client = PlainHttp.CreateClient(site.AdminAddress);
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await client.AnswerAsync(method, target, content, ("Authorization", $"Bearer {AdminToken}"));
    }
}
