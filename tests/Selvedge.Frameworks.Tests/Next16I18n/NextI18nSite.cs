using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Next16I18n;

/// <summary>The Next.js 16 app under <c>/docs</c> in three languages, of which French has the domain <c>example.fr</c>.</summary>
[CollectionDefinition]
public sealed class NextI18nSite() : FrameworkSite("next16-i18n"), ICollectionFixture<NextI18nSite>
{
    /// <summary>Asks for the data of a page as the client does when a visitor follows a link.</summary>
    /// <param name="page">The page's path below the build, such as <c>fr/ssr.json</c>.</param>
    public async Task<HttpAnswer> GetDataAsync(string page)
    {
        var build = await File.ReadAllTextAsync(Path.Combine(App, ".next", "BUILD_ID"));
        return await GetAsync($"/docs/_next/data/{build}/{page}", ("x-nextjs-data", "1"));
    }
}
