using System.Text;
using System.Text.Json;

namespace Selvedge.Frameworks.Tests.Next16I18n;

[Collection<NextI18nSite>]
public sealed class PageTests(NextI18nSite site)
{
    [Fact]
    public async Task StaticPage_IsAFileOfItsLanguage()
    {
        var answer = await site.GetAsync("/docs/fr/about/");

        Assert.Equal("text/html; charset=utf-8", answer["content-type"]);
        Assert.Equal("HIT", answer["x-vercel-cache"]);
        Assert.Contains("page:about:fr<", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs/ssr/?color=red", "page:ssr:en<", "query:{\"color\":\"red\"}<")]
    [InlineData("/docs/fr/ssr/?color=red", "page:ssr:fr<", "url:/ssr/?color=red<")]
    [InlineData("/docs/item/7/?color=red", "item:7:en<", "color:red<")]
    [InlineData("/docs/nl-NL/item/7/", "item:7:nl-NL<", "color:none<")]
    [InlineData("/docs/files/a/b/", "files:a|b:en<", "")]
    [InlineData("/docs/nl-NL/files/a/b/", "files:a|b:nl-NL<", "")]
    public async Task ServerRenderedPage_HasItsLanguageParametersAndQuery(string path, string title, string text)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Equal("MISS", answer["x-vercel-cache"]);
        Assert.Contains(title, answer.Body, StringComparison.Ordinal);
        Assert.Contains(text, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerRenderedPage_IsNotForCaches()
    {
        var answer = await site.GetAsync("/docs/ssr/");

        Assert.Equal("private, no-cache, no-store, max-age=0, must-revalidate", answer["cache-control"]);
        Assert.Equal("props", answer["x-ssr"]);
    }

    [Theory]
    [InlineData("/docs/blog/built/", "post:built:en<")]
    [InlineData("/docs/fr/blog/built/", "post:built:fr<")]
    [InlineData("/docs/nl-NL/blog/built/", "post:built:nl-NL<")]
    [InlineData("/docs/fr/blog/asked-for/", "post:asked-for:fr<")]
    [InlineData("/docs/blog/caf%C3%A9/", "post:café:en<")]
    [InlineData("/docs/closed/listed/", "closed:listed:en<")]
    public async Task PageWithStaticProps_IsThatOfItsLanguageAndSlug(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageWithStaticProps_ThatNobodyAskedForYet_IsRendered()
    {
        var slug = Guid.NewGuid().ToString("N");

        var answer = await site.GetAsync($"/docs/fr/blog/{slug}/");

        Assert.Equal("MISS", answer["x-vercel-cache"]);
        Assert.Contains($"post:{slug}:fr<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MatchedPath_HasTheLanguageAndNoBasePath()
    {
        var answer = await site.GetAsync("/docs/item/7/");

        Assert.Equal("/en/item/[id]", answer["x-matched-path"]);
    }

    [Fact]
    public async Task ApiRoute_HasNoLanguage()
    {
        using var body = new StringContent("""{"warp":[1,2]}""", Encoding.UTF8, "application/json");

        var answer = await site.PostAsync("/docs/api/echo/?a=1", body);

        var echo = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal("/api/echo/?a=1", echo.GetProperty("url").GetString());
        Assert.Equal("""{"a":"1"}""", echo.GetProperty("query").GetRawText());
        Assert.Equal("""{"warp":[1,2]}""", echo.GetProperty("body").GetRawText());
    }
}
