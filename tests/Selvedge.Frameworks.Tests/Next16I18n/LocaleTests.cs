namespace Selvedge.Frameworks.Tests.Next16I18n;

/// <summary>Which language a request is in, and where it is sent for another.</summary>
/// <remarks>
/// The builder writes language redirects for the root of the base path to languages with a domain, and for the root of the host to
/// all of them, without the base path; <c>next start</c> answers otherwise.
/// </remarks>
[Collection<NextI18nSite>]
public sealed class LocaleTests(NextI18nSite site)
{
    [Theory]
    [InlineData("/docs/", "page:home:en<")]
    [InlineData("/docs/en/", "page:home:en<")]
    [InlineData("/docs/fr/", "page:home:fr<")]
    [InlineData("/docs/nl-NL/", "page:home:nl-NL<")]
    [InlineData("/docs/about/", "page:about:en<")]
    [InlineData("/docs/nl-NL/about/", "page:about:nl-NL<")]
    public async Task Path_NamesTheLanguage(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs/", "page:home:fr<")]
    [InlineData("/docs/about/", "page:about:fr<")]
    [InlineData("/docs/ssr/", "page:ssr:fr<")]
    [InlineData("/docs/blog/built/", "post:built:fr<")]
    [InlineData("/docs/nl-NL/about/", "page:about:nl-NL<")]
    [InlineData("/docs/no-such-page/", "custom:404:fr<")]
    public async Task Domain_NamesTheLanguageOfPathsWithoutOne(string path, string expected)
    {
        var answer = await site.GetAsync(path, ("host", "example.fr"));

        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcceptLanguage_RedirectsToTheDomainOfTheLanguage()
    {
        var answer = await site.GetAsync("/docs/", ("accept-language", "fr"));

        Assert.Equal(307, answer.Status);
        Assert.Equal("https://example.fr/", answer["location"]);
    }

    [Fact]
    public async Task Cookie_RedirectsToTheDomainOfTheLanguage()
    {
        var answer = await site.GetAsync("/docs/", ("cookie", "NEXT_LOCALE=fr"), ("accept-language", "en"));

        Assert.Equal(307, answer.Status);
        Assert.Equal("https://example.fr/", answer["location"]);
    }

    [Theory]
    [InlineData("nl-NL")]
    [InlineData("de,fr")]
    [InlineData("fr-CA")]
    public async Task AcceptLanguage_OfNoDomain_StaysWithTheDefaultLanguage(string language)
    {
        var answer = await site.GetAsync("/docs/", ("accept-language", language));

        Assert.Equal(200, answer.Status);
        Assert.Contains("page:home:en<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcceptLanguage_OfTheDomainItself_DoesNotRedirect()
    {
        var answer = await site.GetAsync("/docs/", ("host", "example.fr"), ("accept-language", "fr"));

        Assert.Equal(200, answer.Status);
        Assert.Contains("page:home:fr<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcceptLanguage_BelowTheRoot_DoesNotRedirect()
    {
        var answer = await site.GetAsync("/docs/about/", ("accept-language", "fr"));

        Assert.Contains("page:about:en<", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cookie", "NEXT_LOCALE=nl-NL")]
    [InlineData("accept-language", "nl-NL")]
    public async Task RootOfTheHost_RedirectsToTheLanguage(string header, string value)
    {
        var answer = await site.GetAsync("/", (header, value));

        Assert.Equal(307, answer.Status);
        Assert.Equal("/nl-NL", answer["location"]);
    }
}
