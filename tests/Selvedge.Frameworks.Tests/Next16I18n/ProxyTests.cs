namespace Selvedge.Frameworks.Tests.Next16I18n;

/// <summary>The app's <c>proxy.js</c>: it sees paths without the base path and the language, and knows both.</summary>
[Collection<NextI18nSite>]
public sealed class ProxyTests(NextI18nSite site)
{
    [Theory]
    [InlineData("/docs/mw/rewrite/", "post:from-proxy:en<")]
    [InlineData("/docs/fr/mw/rewrite/", "post:from-proxy:fr<")]
    public async Task Rewrite_KeepsTheLanguage(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewrite_ToAnotherLanguage_ServesThat()
    {
        var answer = await site.GetAsync("/docs/mw/speak-french/");

        Assert.Equal("HIT", answer["x-vercel-cache"]);
        Assert.Contains("page:about:fr<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewrite_ReplacesTheQuery()
    {
        var answer = await site.GetAsync("/docs/mw/rewrite-query/?color=red&x=1");

        Assert.Contains("query:{\"color\":\"woven\"}<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewrite_ToAPathThatTheProxyMatches_DoesNotRunItAgain()
    {
        var answer = await site.GetAsync("/docs/mw/rewrite-query/");

        Assert.Contains("from-proxy:none<", answer.Body, StringComparison.Ordinal);
        Assert.Empty(answer.All("set-cookie"));
    }

    [Theory]
    [InlineData("/docs/mw/redirect/", "/docs/about/")]
    [InlineData("/docs/fr/mw/redirect/", "/docs/fr/about/")]
    public async Task Redirect_KeepsBasePathAndLanguage(string path, string location)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(307, answer.Status);
        Assert.Equal(location, answer["location"]);
    }

    [Theory]
    [InlineData("/docs/mw/answer/", """{"locale":"en","path":"/mw/answer/","basePath":"/docs"}""")]
    [InlineData("/docs/nl-NL/mw/answer/", """{"locale":"nl-NL","path":"/mw/answer/","basePath":"/docs"}""")]
    public async Task Answer_IsTheProxysOwn(string path, string body)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(418, answer.Status);
        Assert.Equal(body, answer.Body);
    }

    [Fact]
    public async Task Answer_OnTheDomainOfALanguage_IsInThat()
    {
        var answer = await site.GetAsync("/docs/mw/answer/", ("host", "example.fr"));

        Assert.Contains("\"locale\":\"fr\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs/ssr/", "en")]
    [InlineData("/docs/fr/ssr/", "fr")]
    public async Task Next_ChangesWhatThePageSeesAndWhatTheClientGets(string path, string locale)
    {
        var answer = await site.GetAsync(path);

        Assert.Contains($"from-proxy:woven-{locale}<", answer.Body, StringComparison.Ordinal);
        Assert.Equal(locale, answer["x-proxy-locale"]);
        Assert.StartsWith("proxy=set;", Assert.Single(answer.All("set-cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_WithNothingBehind_IsTheAppsOwn404()
    {
        var answer = await site.GetAsync("/docs/mw/nowhere/");

        Assert.Equal(404, answer.Status);
        Assert.Contains("custom:404:en<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_ThatDoesNotMatch_PassesByIt()
    {
        var answer = await site.GetAsync("/docs/files/a/");

        Assert.Null(answer["x-proxy-locale"]);
    }
}
