namespace Selvedge.Frameworks.Tests.Next14;

/// <summary>Pages of the app router with <c>revalidate</c>.</summary>
[Collection<Next14ClockedSite>]
public sealed class RegenerationTests(Next14ClockedSite site) : IsrContract(site, "/isr/")
{
    private readonly Next14ClockedSite _site = site;

    // This version's functions know nothing of invocation ids, by which later ones tell one regeneration from the next.
    [Fact]
    public async Task Revalidation_WithTheToken_AnswersTheNewPage()
    {
        var path = NewPage();
        var before = await _site.GetAsync(path);

        var revalidated = await _site.GetAsync(path, ("x-prerender-revalidate", _site.TokenOf("isr/[id]")));
        await _site.QuietAsync();
        var after = await _site.GetAsync(path);

        Assert.Equal("REVALIDATED", revalidated["x-vercel-cache"]);
        Assert.NotEqual(Render.Of(before), Render.Of(revalidated));
        Assert.Equal(("HIT", Render.Of(revalidated)), Render.See(after));
    }
}
