namespace Selvedge.Frameworks.Tests;

/// <summary>
/// What every framework means by incremental static regeneration. Each app has pages that are kept for a minute, any number of them, and
/// each says in its body when it was rendered (<c>render:UUID</c>); each class that derives from this one says where.
/// </summary>
/// <param name="site">The app.</param>
/// <param name="root">What the pages' paths begin with, such as <c>/isr/</c>.</param>
/// <param name="query">A query that makes no other page; frameworks that name no parameters keep each query apart.</param>
public abstract class IsrContract(ClockedFixture site, string root, string query = "?campaign=summer")
{
    [Fact]
    public async Task Page_IsMiss_ThenHit_ThenStale_ThenAnew()
    {
        var path = NewPage();

        var first = await site.GetAsync(path);
        await site.QuietAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(59));
        var second = await site.GetAsync(path);
        // Next.js 14 remembers the page that it rendered last, for a second by the clock on the wall.
        await site.GetAsync(NewPage());
        await site.QuietAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        var third = await site.GetAsync(path);
        await site.QuietAsync();
        var fourth = await site.GetAsync(path);

        Assert.Equal((200, "MISS"), (first.Status, first["x-vercel-cache"]));
        Assert.Equal(("HIT", "59"), (second["x-vercel-cache"], second["age"]));
        Assert.Equal(("STALE", "60"), (third["x-vercel-cache"], third["age"]));
        Assert.Equal(("HIT", "0"), (fourth["x-vercel-cache"], fourth["age"]));
        Assert.Equal((Render.Of(first), Render.Of(first)), (Render.Of(second), Render.Of(third)));
        Assert.NotEqual(Render.Of(first), Render.Of(fourth));
    }

    [Fact]
    public async Task Page_IsTheSameForEveryVisitor()
    {
        var path = NewPage();

        var first = await site.GetAsync(path, ("cookie", "thread=red"), ("accept-language", "nl"));
        var second = await site.GetAsync(path + query, ("cookie", "thread=blue"), ("user-agent", "weaver"));

        Assert.Equal(("MISS", "HIT"), (first["x-vercel-cache"], second["x-vercel-cache"]));
        Assert.Equal(first.Body, second.Body);
    }

    [Fact]
    public async Task Page_ThatManyWant_IsRenderedOnce()
    {
        var path = NewPage();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => site.GetAsync(path)));

        Assert.Single(answers.Select(Render.Of).Distinct(StringComparer.Ordinal));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
    }

    [Fact]
    public async Task Pages_AreKeptApart()
    {
        var (warp, weft) = (NewPage(), NewPage());

        var first = await site.GetAsync(warp);
        var second = await site.GetAsync(weft);

        Assert.Equal(("MISS", "MISS"), (first["x-vercel-cache"], second["x-vercel-cache"]));
        Assert.NotEqual(Render.Of(first), Render.Of(second));
        Assert.Equal(Render.Of(first), Render.Of(await site.GetAsync(warp)));
    }

    private protected virtual string NewPage() => $"{root}{Guid.NewGuid():N}";
}
