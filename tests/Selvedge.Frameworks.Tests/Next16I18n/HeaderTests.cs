namespace Selvedge.Frameworks.Tests.Next16I18n;

[Collection<NextI18nSite>]
public sealed class HeaderTests(NextI18nSite site)
{
    [Theory]
    [InlineData("/docs/")]
    [InlineData("/docs/fr/about/")]
    [InlineData("/docs/hello.txt")]
    [InlineData("/docs/api/echo/")]
    [InlineData("/docs/no-such-page/")]
    public async Task ConfiguredHeader_IsOnEveryAnswer(string path) =>
        Assert.Equal("yes", (await site.GetAsync(path))["x-everywhere"]);

    [Theory]
    [InlineData("/docs/blog/built/")]
    [InlineData("/docs/fr/blog/built/")]
    public async Task ConfiguredHeader_TakesAPathParameter(string path) =>
        Assert.Equal("built", (await site.GetAsync(path))["x-post"]);

    [Fact]
    public async Task ConfiguredHeader_OfOneLanguage_IsOnlyOnThat()
    {
        var french = await site.GetAsync("/docs/fr/about/");
        var english = await site.GetAsync("/docs/about/");

        Assert.Equal("oui", french["x-french"]);
        Assert.Null(english["x-french"]);
    }
}
