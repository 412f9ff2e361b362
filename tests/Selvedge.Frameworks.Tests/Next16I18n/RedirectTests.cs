namespace Selvedge.Frameworks.Tests.Next16I18n;

[Collection<NextI18nSite>]
public sealed class RedirectTests(NextI18nSite site)
{
    [Theory]
    [InlineData("/docs", "/docs/")]
    [InlineData("/docs/fr", "/docs/fr/")]
    [InlineData("/docs/about", "/docs/about/")]
    [InlineData("/docs/about?a=1", "/docs/about/?a=1")]
    [InlineData("/docs/api/echo", "/docs/api/echo/")]
    public async Task TrailingSlash_IsAdded(string path, string location)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(308, answer.Status);
        Assert.Equal(location, answer["location"]);
    }

    [Fact]
    public async Task TrailingSlash_OfAFile_IsTakenOff()
    {
        var answer = await site.GetAsync("/docs/hello.txt/");

        Assert.Equal(308, answer.Status);
        Assert.Equal("/docs/hello.txt", answer["location"]);
    }

    [Theory]
    [InlineData("/docs/old/", 307, "/docs/about")]
    [InlineData("/docs/nl-NL/old/", 307, "/docs/nl-NL/about")]
    [InlineData("/docs/fr/old/", 307, "https://example.fr/docs/about")]
    [InlineData("/docs/old/thread/", 308, "/docs/blog/thread")]
    [InlineData("/docs/nl-NL/enkel/", 307, "/docs/nl-NL/about")]
    [InlineData("/outside/", 307, "/docs/about")]
    [InlineData("/docs/elsewhere/", 307, "/docs/about/")]
    public async Task Redirect_LeadsToItsDestination(string path, int status, string location)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Equal(location, answer["location"]);
    }

    [Fact]
    public async Task Redirect_OfOneLanguage_IsNotForAnother() =>
        Assert.Equal(404, (await site.GetAsync("/docs/fr/enkel/")).Status);

    [Fact]
    public async Task Redirect_OnTheDomainOfALanguage_StaysThere()
    {
        var answer = await site.GetAsync("/docs/old/", ("host", "example.fr"));

        Assert.Equal("https://example.fr/docs/about", answer["location"]);
    }
}
