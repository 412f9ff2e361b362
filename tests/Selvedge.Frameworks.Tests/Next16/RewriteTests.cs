using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Next16;

public sealed class RewriteTests(NextSite site)
{
    [Fact]
    public async Task BeforeFiles_WinsOverAPageThatExists()
    {
        var overlaid = await site.GetAsync("/static?overlay=1");
        var plain = await site.GetAsync("/static");

        Assert.Equal("1", Query(overlaid, "overlaid"));
        Assert.Contains("page:static", plain.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BeforeFiles_WinsOverAFileThatExists()
    {
        var rewritten = await site.GetAsync("/robots.txt", ("x-crawler", "1"));
        var plain = await site.GetAsync("/robots.txt");

        Assert.Equal("1", Query(rewritten, "crawler"));
        Assert.StartsWith("User-agent", plain.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterFiles_LeadsToADynamicPage()
    {
        var answer = await site.GetAsync("/alias/thread");

        Assert.Equal(200, answer.Status);
        Assert.Contains("post:thread<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterFiles_LeadsToAPageOfThePagesRouter()
    {
        var answer = await site.GetAsync("/legacy-alias/7?color=red");

        Assert.Contains("legacy:7<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("color:red<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterFiles_LosesToAPageThatExists()
    {
        var answer = await site.GetAsync("/dynamic");

        Assert.Contains("page:dynamic", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewrite_MergesItsQueryWithTheClients()
    {
        var answer = await site.GetAsync("/search/thread?page=2");

        Assert.Equal("thread", Query(answer, "term"));
        Assert.Equal("2", Query(answer, "page"));
        Assert.Equal("1", Query(answer, "fixed"));
    }

    [Fact]
    public async Task Rewrite_OnAConflict_KeepsItsOwnValue()
    {
        var answer = await site.GetAsync("/search/red?fixed=0");

        Assert.Equal("1", Query(answer, "fixed"));
    }

    [Fact]
    public async Task Has_Cookie_CapturesFromItsValue()
    {
        var with = await site.GetAsync("/by-cookie", ("cookie", "variant=blue"));
        var without = await site.GetAsync("/by-cookie");

        Assert.Contains("post:variant-blue<", with.Body, StringComparison.Ordinal);
        Assert.Equal(404, without.Status);
    }

    [Fact]
    public async Task Missing_Header_RewritesOnlyWithoutIt()
    {
        var without = await site.GetAsync("/by-absence");
        var with = await site.GetAsync("/by-absence", ("x-signed-in", "1"));

        Assert.Contains("post:guest<", without.Body, StringComparison.Ordinal);
        Assert.Equal(404, with.Status);
    }

    [Fact]
    public async Task Rewrite_KeepsTheMethodAndBody()
    {
        using var body = new StringContent("shuttle");

        var answer = await site.Client.AnswerAsync(HttpMethod.Post, "/search/loom", body);

        var echo = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal("POST", echo.GetProperty("method").GetString());
        Assert.Equal("shuttle", echo.GetProperty("body").GetString());
    }

    private static string? Query(HttpAnswer answer, string key) =>
        JsonDocument.Parse(answer.Body).RootElement.GetProperty("query").GetProperty(key).GetString();
}
