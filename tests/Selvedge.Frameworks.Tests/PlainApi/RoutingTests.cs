using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.PlainApi;

/// <summary>The files of <c>public/</c> and <c>api/</c>, and the rules of <c>vercel.json</c>.</summary>
[Collection<PlainApiSite>]
public sealed class RoutingTests(PlainApiSite site)
{
    [Theory]
    [InlineData("/", "page:home<")]
    [InlineData("/about", "page:about<")]
    public async Task File_IsServedUnderItsCleanUrl(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal((200, "HIT"), (answer.Status, answer["x-vercel-cache"]));
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/about.html", "/about")]
    [InlineData("/moved/7", "/api/items/7")]
    [InlineData("/api/helpers.js", "/api/helpers")]
    public async Task Redirect_OfTheRules_IsSent(string path, string location)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal((308, location), (answer.Status, answer["location"]));
    }

    [Theory]
    [InlineData("/api/items/7", """{"id":"7","color":null}""")]
    [InlineData("/api/items/7?color=red", """{"id":"7","color":"red"}""")]
    [InlineData("/api/items/7?id=8", """{"id":"7","color":null}""")]
    public async Task Function_OfADynamicPath_HasItsParameter(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal((200, "7"), (answer.Status, answer["x-items"]));
        Assert.Equal(expected, answer.Body);
    }

    [Theory]
    [InlineData("/api/no-such-function")]
    [InlineData("/no-such-page")]
    [InlineData("/api/items/7/parts")]
    public async Task Path_WithNothingBehind_Is404(string path) => Assert.Equal(404, (await site.GetAsync(path)).Status);

    // As on the platform, where a GET export does not answer HEAD either.
    [Theory]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    public async Task Method_WithoutAnExport_Is405(string method)
    {
        var answer = await site.Client.AnswerAsync(HttpMethod.Parse(method), "/web/echo", content: null);

        Assert.Equal(405, answer.Status);
    }

    [Fact]
    public async Task Head_HasTheHeadersAlone()
    {
        var answer = await site.Client.AnswerAsync(HttpMethod.Head, "/fetch/echo", content: null);

        Assert.Equal((200, "fetch"), (answer.Status, answer["x-echo"]));
        Assert.Empty(answer.Bytes);
    }

    [Fact]
    public async Task Middleware_PassesOn_AndAddsHeaders()
    {
        var answer = await site.GetAsync("/api/items/7");

        Assert.Equal("yes", answer["x-woven"]);
        Assert.Equal("middleware=set", answer["set-cookie"]);
    }

    [Fact]
    public async Task Middleware_Rewrites()
    {
        var answer = await site.GetAsync("/mw/rewrite");

        Assert.Equal((200, """{"id":"from-middleware","color":null}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Middleware_Redirects()
    {
        var answer = await site.GetAsync("/mw/redirect");

        Assert.Equal(307, answer.Status);
        Assert.EndsWith("/about", answer["location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Middleware_Answers()
    {
        var answer = await site.GetAsync("/mw/answer");

        Assert.Equal((418, """{"answeredBy":"edge-runtime"}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Middleware_ChangesTheRequest()
    {
        var answer = await site.GetAsync("/mw/changed", ("x-probe", "thread"));

        Assert.Equal(200, answer.Status);
        Assert.Equal("woven", JsonDocument.Parse(answer.Body).RootElement.GetProperty("probe").GetString());
    }
}
