namespace Selvedge.Frameworks.Tests.Next16.Prerender;

/// <summary>Incremental static regeneration of a real Next.js 16 build, over time that the test makes pass.</summary>
[Collection<Next16ClockedSite>]
public sealed class IsrTests(Next16ClockedSite site)
{
    private static readonly (string, string) Rsc = ("rsc", "1");

    [Fact]
    public async Task BuiltPage_OverTime_IsHitThenStaleThenNew()
    {
        var first = await site.GetAsync("/isr/built");
        // Another test may have moved the clock: then the build's page is out of date already.
        await site.Site.QuietAsync();
        var second = await site.GetAsync("/isr/built");
        await site.LetExpireAsync();
        var stale = await site.GetAsync("/isr/built");
        await site.Site.QuietAsync();
        var fresh = await site.GetAsync("/isr/built");

        Assert.Contains(first["x-vercel-cache"], new[] { "PRERENDER", "STALE", "HIT" });
        Assert.Contains(second["x-vercel-cache"], new[] { "HIT", "STALE" });
        Assert.Equal(("STALE", Render.Of(second)), Render.See(stale));
        Assert.Equal("HIT", fresh["x-vercel-cache"]);
        Assert.NotEqual(Render.Of(stale), Render.Of(fresh));
        Assert.Equal("public, max-age=0, must-revalidate", fresh["cache-control"]);
        Assert.Null(fresh["x-next-cache-tags"]);
    }

    [Fact]
    public async Task PageOfANewId_IsRenderedOnceAndKept()
    {
        var path = $"/isr/{Guid.NewGuid():N}";

        var first = await site.GetAsync(path);
        var second = await site.GetAsync(path);

        Assert.Equal(("MISS", "HIT"), (first["x-vercel-cache"], second["x-vercel-cache"]));
        Assert.Contains($"isr:{path[5..]}<", first.Body, StringComparison.Ordinal);
        Assert.Equal(Render.Of(first), Render.Of(second));
    }

    [Fact]
    public async Task Page_AndItsPayload_AreKeptApartAndRegeneratedTogether()
    {
        var path = $"/isr/{Guid.NewGuid():N}";
        var html = await site.GetAsync(path);
        var payload = await site.GetAsync(path, Rsc);
        await site.LetExpireAsync();

        Assert.Equal("STALE", (await site.GetAsync(path))["x-vercel-cache"]);
        await site.Site.QuietAsync();
        var newHtml = await site.GetAsync(path);
        var newPayload = await site.GetAsync(path, Rsc);

        Assert.StartsWith("text/html", html["content-type"], StringComparison.Ordinal);
        Assert.Equal("text/x-component", payload["content-type"]);
        Assert.Equal(("HIT", "HIT"), (newHtml["x-vercel-cache"], newPayload["x-vercel-cache"]));
        Assert.Equal("text/x-component", newPayload["content-type"]);
        // One render for both, so that a page does not change under whoever navigates in it.
        Assert.Equal(Render.Of(newHtml), Render.Of(newPayload));
        Assert.NotEqual(Render.Of(html), Render.Of(newHtml));
    }

    [Fact]
    public async Task Clients_OfBothKinds_NeverGetTheOthersAnswer()
    {
        var path = $"/isr/{Guid.NewGuid():N}";
        var visits = Enumerable.Range(0, 400).Select(i => AskAsync(i % 2 == 0)).ToList();
        var seen = await Task.WhenAll(visits);

        Assert.All(
            seen,
            one => Assert.StartsWith(one.IsPayload ? "text/x-component" : "text/html", one.Type, StringComparison.Ordinal)
        );

        async Task<(bool IsPayload, string Type)> AskAsync(bool isPayload) =>
            (isPayload, (await site.GetAsync(path, isPayload ? [Rsc] : []))["content-type"]!);
    }

    [Fact]
    public async Task Revalidation_WithTheToken_AnswersTheNewPageAndRenewsItsPayload()
    {
        var path = $"/isr/{Guid.NewGuid():N}";
        var before = await site.GetAsync(path);
        await site.GetAsync(path, Rsc);

        var revalidated = await site.GetAsync(path, ("x-prerender-revalidate", site.Token));
        await site.Site.QuietAsync();
        var after = await site.GetAsync(path);
        var payload = await site.GetAsync(path, Rsc);

        Assert.Equal("REVALIDATED", revalidated["x-vercel-cache"]);
        Assert.NotEqual(Render.Of(before), Render.Of(revalidated));
        Assert.Equal(("HIT", Render.Of(revalidated)), Render.See(after));
        Assert.Equal(("HIT", Render.Of(revalidated)), Render.See(payload));
    }

    [Fact]
    public async Task DraftMode_RendersForTheVisitorAndLeavesThePage()
    {
        var cookie = ("cookie", $"__prerender_bypass={site.Token}");
        await site.GetAsync("/draft");
        await site.Site.QuietAsync();
        var before = await site.GetAsync("/draft");

        var draft = await site.GetAsync("/draft", cookie);
        var again = await site.GetAsync("/draft", cookie);
        var after = await site.GetAsync("/draft");

        Assert.Contains("draft:true<", draft.Body, StringComparison.Ordinal);
        Assert.Equal("MISS", draft["x-vercel-cache"]);
        Assert.NotEqual(Render.Of(draft), Render.Of(again));
        Assert.Contains("draft:false<", after.Body, StringComparison.Ordinal);
        Assert.Equal(Render.Of(before), Render.Of(after));
    }

    [Theory]
    [InlineData("/told/")]
    [InlineData("/legacy/told/")]
    public async Task Page_ThatIsNotFound_IsKeptAsSuchUntilItIs(string path)
    {
        var name = site.Told.New(404);

        var first = await site.GetAsync(path + name);
        var second = await site.GetAsync(path + name);
        site.Told.Say(name, 200, "found");
        await site.LetExpireAsync();
        await site.GetAsync(path + name);
        await site.Site.QuietAsync();
        var found = await site.GetAsync(path + name);

        Assert.Equal((404, "MISS"), (first.Status, first["x-vercel-cache"]));
        Assert.Equal((404, "HIT"), (second.Status, second["x-vercel-cache"]));
        Assert.StartsWith("text/html", first["content-type"], StringComparison.Ordinal);
        Assert.StartsWith("text/html", second["content-type"], StringComparison.Ordinal);
        Assert.Equal((200, "HIT"), (found.Status, found["x-vercel-cache"]));
        Assert.Contains("told:found<", found.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/told/")]
    [InlineData("/legacy/told/")]
    public async Task Page_ThatRedirects_IsKeptAsARedirect(string path)
    {
        var name = site.Told.New(302, "/static");

        var first = await site.GetAsync(path + name);
        var second = await site.GetAsync(path + name);

        Assert.Equal((307, "/static", "MISS"), (first.Status, first["location"], first["x-vercel-cache"]));
        Assert.Equal((307, "/static", "HIT"), (second.Status, second["location"], second["x-vercel-cache"]));
    }

    [Theory]
    [InlineData("/told/")]
    [InlineData("/legacy/told/")]
    public async Task Page_WhoseRegenerationFails_StaysAsItWas(string path)
    {
        var name = site.Told.New(200, "first");
        await site.GetAsync(path + name);
        site.Told.Say(name, 503);
        await site.LetExpireAsync();

        await site.GetAsync(path + name);
        await site.Site.QuietAsync();
        var kept = await site.GetAsync(path + name);
        site.Told.Say(name, 200, "second");
        await site.LetExpireAsync();
        await site.GetAsync(path + name);
        await site.Site.QuietAsync();

        Assert.Equal((200, "STALE"), (kept.Status, kept["x-vercel-cache"]));
        Assert.Contains("told:first<", kept.Body, StringComparison.Ordinal);
        Assert.Contains("told:second<", (await site.GetAsync(path + name)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shell_OfAPageThatIsNotThereYet_IsAnsweredAtOnceAndReplaced()
    {
        var slug = Guid.NewGuid().ToString("N");

        var shell = await site.GetAsync($"/legacy/shell/{slug}");
        await site.Site.QuietAsync();
        var page = await site.GetAsync($"/legacy/shell/{slug}");
        var data = await site.GetAsync($"/_next/data/{site.BuildId}/legacy/shell/{slug}.json", ("x-nextjs-data", "1"));

        Assert.Equal("PRERENDER", shell["x-vercel-cache"]);
        Assert.Contains("legacy:shell:empty<", shell.Body, StringComparison.Ordinal);
        Assert.Equal("HIT", page["x-vercel-cache"]);
        Assert.Contains($"legacy:shell:{slug}<", page.Body, StringComparison.Ordinal);
        Assert.Equal(200, data.Status);
        Assert.Contains(slug, data.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_OfAPage_IsRegeneratedWithIt()
    {
        var target = $"/_next/data/{site.BuildId}/legacy/isr.json";
        (string, string) asData = ("x-nextjs-data", "1");
        await site.GetAsync("/legacy/isr");
        await site.GetAsync(target, asData);
        await site.LetExpireAsync();
        await site.GetAsync("/legacy/isr");
        await site.Site.QuietAsync();

        var page = await site.GetAsync("/legacy/isr");
        var data = await site.GetAsync(target, asData);

        Assert.Equal(("HIT", "HIT"), (page["x-vercel-cache"], data["x-vercel-cache"]));
        Assert.StartsWith("application/json", data["content-type"], StringComparison.Ordinal);
        Assert.Equal(Render.Of(page), Render.Of(data));
    }

    [Fact]
    public async Task Page_AskedForByManyAtOnce_IsRenderedOnce()
    {
        var path = $"/isr/{Guid.NewGuid():N}";

        var seen = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => site.GetAsync(path)));

        Assert.Single(seen.Select(Render.Of).Distinct(StringComparer.Ordinal));
    }
}
