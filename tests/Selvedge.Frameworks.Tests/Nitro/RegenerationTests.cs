namespace Selvedge.Frameworks.Tests.Nitro;

/// <summary>Paths with an <c>isr</c> rule.</summary>
[Collection<NitroClockedSite>]
public sealed class RegenerationTests(NitroClockedSite site) : IsrContract(site, "/isr/", query: "")
{
    private readonly NitroClockedSite _site = site;

    [Fact]
    public async Task Rule_WithoutATime_KeepsForEver()
    {
        var path = $"/forever/{Guid.NewGuid():N}";

        var first = await _site.GetAsync(path);
        _site.Clock.Advance(TimeSpan.FromDays(365));
        var second = await _site.GetAsync(path);

        Assert.Equal(("MISS", "HIT"), (first["x-vercel-cache"], second["x-vercel-cache"]));
        Assert.Equal(first.Body, second.Body);
    }

    [Fact]
    public async Task Rule_ThatAllowsAParameter_KeepsItsValuesApart()
    {
        var path = $"/isr-query/{Guid.NewGuid():N}";

        var red = await _site.GetAsync($"{path}?color=red");
        var blue = await _site.GetAsync($"{path}?color=blue&campaign=summer");
        var again = await _site.GetAsync($"{path}?campaign=winter&color=red");

        Assert.Equal(("MISS", "MISS", "HIT"), (red["x-vercel-cache"], blue["x-vercel-cache"], again["x-vercel-cache"]));
        Assert.Contains("color:blue\n", blue.Body, StringComparison.Ordinal);
        Assert.Equal(red.Body, again.Body);
    }

    // `swr` is no prerender: the function says for how long, to the cache in front of it.
    [Fact]
    public async Task Swr_IsStaleWhileItIsRenewed()
    {
        var path = $"/swr/{Guid.NewGuid():N}";

        var first = await _site.GetAsync(path);
        _site.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await _site.GetAsync(path);

        Assert.Equal(("MISS", "STALE"), (first["x-vercel-cache"], second["x-vercel-cache"]));
        Assert.Equal(Render.Of(first), Render.Of(second));
    }
}
