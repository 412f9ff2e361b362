namespace Selvedge.Frameworks.Tests.Next16I18n;

[Collection<NextI18nSite>]
public sealed class RewriteTests(NextI18nSite site)
{
    [Theory]
    [InlineData("/docs/alias/thread/", "post:thread:en<")]
    [InlineData("/docs/fr/alias/thread/", "post:thread:fr<")]
    [InlineData("/docs/files-of/a/b/", "files:a|b:en<")]
    [InlineData("/docs/nl-NL/any/a/b/", "files:any|a|b:nl-NL<")]
    [InlineData("/docs/fr/term/red/", "page:ssr:fr<")]
    public async Task Rewrite_LeadsToThePageOfTheLanguage(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewrite_MergesItsQueryWithTheClients()
    {
        var answer = await site.GetAsync("/docs/term/red/?page=2");

        Assert.Contains("\"term\":\"red\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"page\":\"2\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BeforeFiles_WinsOverAPageThatExists()
    {
        var answer = await site.GetAsync("/docs/fr/about/?overlay=1");

        Assert.Contains("page:ssr:fr<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"overlaid\":\"1\"", answer.Body, StringComparison.Ordinal);
    }
}
