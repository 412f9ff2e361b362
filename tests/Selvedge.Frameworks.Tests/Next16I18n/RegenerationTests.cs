namespace Selvedge.Frameworks.Tests.Next16I18n;

/// <summary>Pages with <c>revalidate</c> under a base path and in several languages.</summary>
[Collection<NextI18nClockedSite>]
public sealed class RegenerationTests(NextI18nClockedSite site) : IsrContract(site, "/docs/kept/")
{
    private readonly NextI18nClockedSite _site = site;

    [Fact]
    public async Task Languages_AreKeptApart()
    {
        var slug = Guid.NewGuid().ToString("N");

        var english = await _site.GetAsync($"/docs/kept/{slug}/");
        var french = await _site.GetAsync($"/docs/fr/kept/{slug}/");
        var again = await _site.GetAsync($"/docs/fr/kept/{slug}/");

        Assert.Equal(("MISS", "MISS", "HIT"), (english["x-vercel-cache"], french["x-vercel-cache"], again["x-vercel-cache"]));
        Assert.Contains($"kept:{slug}:en<", english.Body, StringComparison.Ordinal);
        Assert.Contains($"kept:{slug}:fr<", again.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingPage_IsKept()
    {
        var first = await _site.GetAsync("/docs/kept/unwritten/");
        var second = await _site.GetAsync("/docs/kept/unwritten/");

        Assert.Equal((404, "MISS"), (first.Status, first["x-vercel-cache"]));
        Assert.Equal((404, "HIT"), (second.Status, second["x-vercel-cache"]));
    }

    private protected override string NewPage() => base.NewPage() + "/";
}
