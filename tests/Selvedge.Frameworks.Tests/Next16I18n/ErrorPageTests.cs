namespace Selvedge.Frameworks.Tests.Next16I18n;

[Collection<NextI18nSite>]
public sealed class ErrorPageTests(NextI18nSite site)
{
    [Theory]
    [InlineData("/docs/no-such-page/", "custom:404:en<")]
    [InlineData("/docs/fr/no-such-page/", "custom:404:fr<")]
    [InlineData("/docs/nl-NL/no/such/page/", "custom:404:nl-NL<")]
    [InlineData("/docs/no-such-file.txt", "custom:404:en<")]
    [InlineData("/docs/fr/gone/", "custom:404:fr<")]
    [InlineData("/docs/blog/unwritten/", "custom:404:en<")]
    [InlineData("/docs/closed/unlisted/", "custom:404:en<")]
    [InlineData("/docs/fr/closed/unlisted/", "custom:404:fr<")]
    public async Task NotFound_IsTheAppsOwnPageInTheLanguage(string path, string expected)
    {
        var answer = await site.GetAsync(path, ("accept", "text/html"));

        Assert.Equal(404, answer.Status);
        Assert.StartsWith("text/html", answer["content-type"], StringComparison.Ordinal);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs/boom/", "custom:500:en<")]
    [InlineData("/docs/fr/boom/", "custom:500:fr<")]
    public async Task PageThatThrows_IsTheAppsOwn500InTheLanguage(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(500, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("always fails", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotFound_OutsideTheBasePath_IsTheServersOwn()
    {
        var answer = await site.GetAsync("/no-such-page/");

        Assert.Equal(404, answer.Status);
        Assert.Equal("NOT_FOUND", answer["x-vercel-error"]);
        Assert.DoesNotContain("custom:404", answer.Body, StringComparison.Ordinal);
    }
}
