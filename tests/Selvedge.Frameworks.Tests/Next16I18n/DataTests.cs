namespace Selvedge.Frameworks.Tests.Next16I18n;

/// <summary>What the pages router's client fetches when a visitor follows a link.</summary>
[Collection<NextI18nSite>]
public sealed class DataTests(NextI18nSite site)
{
    [Theory]
    [InlineData("en.json", """{"locale":"en"}""")]
    [InlineData("fr.json", """{"locale":"fr"}""")]
    [InlineData("nl-NL/item/7.json?color=red", """{"id":"7","locale":"nl-NL","color":"red"}""")]
    [InlineData("en/files/a/b.json", """{"rest":["a","b"],"locale":"en"}""")]
    [InlineData("en/blog/built.json", """{"slug":"built","locale":"en"}""")]
    [InlineData("fr/blog/asked-for.json", """{"slug":"asked-for","locale":"fr"}""")]
    [InlineData("en/closed/listed.json", """{"slug":"listed","locale":"en"}""")]
    public async Task Data_IsThePropsOfThePage(string page, string props)
    {
        var answer = await site.GetDataAsync(page);

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("application/json", answer["content-type"], StringComparison.Ordinal);
        Assert.Contains($"\"pageProps\":{props}", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_GoesThroughTheProxy()
    {
        var answer = await site.GetDataAsync("fr/ssr.json?color=red");

        Assert.Equal("fr", answer["x-proxy-locale"]);
        Assert.Contains("\"fromProxy\":\"woven-fr\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"resolvedUrl\":\"/ssr?color=red\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en/mw/rewrite.json", "/docs/en/blog/from-proxy/", """{"slug":"from-proxy","locale":"en"}""")]
    [InlineData("fr/mw/rewrite.json", "/docs/fr/blog/from-proxy/", """{"slug":"from-proxy","locale":"fr"}""")]
    public async Task Data_OfAPathThatTheProxyRewrites_IsThatOfTheOtherPage(string page, string rewrite, string props)
    {
        var answer = await site.GetDataAsync(page);

        Assert.Equal(200, answer.Status);
        Assert.Equal(rewrite, answer["x-nextjs-rewrite"]);
        Assert.Contains(props, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_OfAPathThatTheProxyRedirects_TellsTheClient()
    {
        var answer = await site.GetDataAsync("en/mw/redirect.json");

        Assert.Equal("/docs/about/", answer["x-nextjs-redirect"]);
        Assert.Null(answer["location"]);
    }

    [Fact]
    public async Task Data_OfAPageThatRedirects_TellsTheClient()
    {
        var answer = await site.GetDataAsync("en/elsewhere.json");

        Assert.Equal(200, answer.Status);
        Assert.Contains("\"__N_REDIRECT\":\"/about/\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_OfAPageThatIsNotFound_Is404()
    {
        var answer = await site.GetDataAsync("en/gone.json");

        Assert.Equal(404, answer.Status);
        Assert.Equal("""{"notFound":true}""", answer.Body);
    }

    // The client learns which page it is, and loads that; it must not take the empty object for the props.
    [Theory]
    [InlineData("en/about.json", "/en/about")]
    [InlineData("fr/no-such-page.json", "/fr/no-such-page")]
    public async Task Data_ThatDoesNotExist_NamesThePath(string page, string path)
    {
        var answer = await site.GetDataAsync(page);

        Assert.Equal("{}", answer.Body);
        Assert.Equal(path, answer["x-nextjs-matched-path"]);
    }

    [Fact]
    public async Task Data_OfAnotherBuild_Is404()
    {
        var answer = await site.GetAsync("/docs/_next/data/another-build/en/ssr.json", ("x-nextjs-data", "1"));

        Assert.Equal(404, answer.Status);
    }
}
