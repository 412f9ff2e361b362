namespace Selvedge.Frameworks.Tests.Kept;

/// <summary>What every framework's regenerated pages have in common, over time that the test makes pass.</summary>
/// <param name="name">The app.</param>
/// <param name="path">A path that is rendered for each last segment, and kept for a minute.</param>
public abstract class KeptPageTests(string name, string path) : IAsyncLifetime
{
    protected ClockedSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await ClockedSite.StartAsync(name);

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Page_OverTime_IsMissHitStaleAndNew()
    {
        var first = await Site.GetAsync(path + "warp");
        var other = await Site.GetAsync(path + "weft");
        var second = await Site.GetAsync(path + "warp", ("cookie", "visitor=1"));
        Site.Clock.Advance(TimeSpan.FromSeconds(61));
        var stale = await Site.GetAsync(path + "warp");
        await Site.QuietAsync();
        var fresh = await Site.GetAsync(path + "warp");

        Assert.Equal(("MISS", Render.Of(first)), Render.See(first));
        Assert.Equal(("HIT", Render.Of(first)), Render.See(second));
        Assert.Equal(("STALE", Render.Of(first)), Render.See(stale));
        Assert.Equal("HIT", fresh["x-vercel-cache"]);
        Assert.NotEqual(Render.Of(first), Render.Of(fresh));
        Assert.NotEqual(Render.Of(first), Render.Of(other));
        Assert.Contains("warp", fresh.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AskedForByManyAtOnce_IsRenderedOnce()
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Site.GetAsync(path + "crowd")));

        Assert.Single(seen.Select(Render.Of).Distinct(StringComparer.Ordinal));
    }
}
