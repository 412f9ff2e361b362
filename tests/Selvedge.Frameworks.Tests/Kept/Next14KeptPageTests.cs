namespace Selvedge.Frameworks.Tests.Kept;

/// <summary>Next.js 14, whose functions know nothing of invocation ids and list other headers.</summary>
public sealed class Next14KeptPageTests() : KeptPageTests("next14", "/isr/")
{
    [Fact]
    public async Task Revalidation_WithTheToken_AnswersTheNewPage()
    {
        var before = await Site.GetAsync("/isr/warp");

        var revalidated = await Site.GetAsync("/isr/warp", ("x-prerender-revalidate", Site.TokenOf("isr/[id]")));
        await Site.QuietAsync();
        var after = await Site.GetAsync("/isr/warp");

        Assert.Equal("REVALIDATED", revalidated["x-vercel-cache"]);
        Assert.NotEqual(Render.Of(before), Render.Of(revalidated));
        Assert.Equal(("HIT", Render.Of(revalidated)), Render.See(after));
    }

    [Theory]
    [InlineData("/p/isr")]
    [InlineData("/p/shell/built")]
    [InlineData("/isr/built")]
    public async Task BuiltPage_IsPrerenderThenHitThenStaleThenNew(string path)
    {
        var first = await Site.GetAsync(path);
        var second = await Site.GetAsync(path);
        Site.Clock.Advance(TimeSpan.FromSeconds(61));
        var stale = await Site.GetAsync(path);
        await Site.QuietAsync();
        var fresh = await Site.GetAsync(path);

        Assert.Equal("PRERENDER", first["x-vercel-cache"]);
        Assert.Equal(("HIT", Render.Of(first)), Render.See(second));
        Assert.Equal(("STALE", Render.Of(first)), Render.See(stale));
        Assert.Equal("HIT", fresh["x-vercel-cache"]);
        Assert.NotEqual(Render.Of(first), Render.Of(fresh));
    }
}
