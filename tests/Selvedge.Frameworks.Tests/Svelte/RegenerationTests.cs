namespace Selvedge.Frameworks.Tests.Svelte;

/// <summary>Pages with an <c>isr</c> configuration.</summary>
[Collection<SvelteClockedSite>]
public sealed class RegenerationTests(SvelteClockedSite site) : IsrContract(site, "/isr/")
{
    private readonly SvelteClockedSite _site = site;

    [Fact]
    public async Task Query_ThatIsAllowed_MakesAnotherPage()
    {
        var path = NewPage();

        var plain = await _site.GetAsync(path);
        var red = await _site.GetAsync($"{path}?color=red");
        var again = await _site.GetAsync($"{path}?campaign=summer&color=red");

        Assert.Equal(("MISS", "MISS", "HIT"), (plain["x-vercel-cache"], red["x-vercel-cache"], again["x-vercel-cache"]));
        Assert.Contains("color:red<", red.Body, StringComparison.Ordinal);
        Assert.Equal(Render.Of(red), Render.Of(again));
        Assert.NotEqual(Render.Of(plain), Render.Of(red));
    }

    // The framework calls data `private, no-store`, also that of a page which it lets the server keep.
    [Fact]
    public async Task Data_IsNotKept()
    {
        var data = $"{NewPage()}/__data.json";

        var first = await _site.GetAsync(data);
        var second = await _site.GetAsync(data);

        Assert.Equal(("application/json", "private, no-store"), (first["content-type"], first["cache-control"]));
        Assert.Equal(("MISS", "MISS"), (first["x-vercel-cache"], second["x-vercel-cache"]));
    }
}
