namespace Selvedge.Frameworks.Tests.Astro;

/// <summary>The app's <c>middleware.js</c>, which runs inside the function, or at build time for a static page.</summary>
[Collection<AstroSite>]
public sealed class MiddlewareTests(AstroSite site)
{
    [Fact]
    public async Task Middleware_AddsItsHeader()
    {
        var answer = await site.GetAsync("/posts/hello");

        Assert.Equal("/posts/hello", answer["x-seen"]);
    }

    [Fact]
    public async Task Middleware_OfAStaticPage_RanAtBuildTime()
    {
        var answer = await site.GetAsync("/about", ("x-probe", "thread"));

        Assert.Contains("woven:at build time<", answer.Body, StringComparison.Ordinal);
        Assert.Null(answer["x-seen"]);
    }

    [Fact]
    public async Task Middleware_Answers()
    {
        var answer = await site.GetAsync("/mw/answer");

        Assert.Equal(418, answer.Status);
        Assert.Equal("answered by the middleware", answer.Body);
    }

    [Fact]
    public async Task Middleware_Redirects()
    {
        var answer = await site.GetAsync("/mw/redirect");

        Assert.Equal(307, answer.Status);
        Assert.Equal("/about", answer["location"]);
    }

    [Fact]
    public async Task Middleware_Rewrites()
    {
        var answer = await site.GetAsync("/mw/rewrite");

        Assert.Equal(200, answer.Status);
        Assert.Contains("post:from-middleware<", answer.Body, StringComparison.Ordinal);
    }
}
