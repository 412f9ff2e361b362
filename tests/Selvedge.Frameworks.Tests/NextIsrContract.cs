using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>
/// How the regeneration of a Next.js page can end, which is the same for both routers. The pages are kept for a minute.
/// </summary>
/// <param name="site">The app.</param>
/// <param name="root">What the paths of the pages begin with that ask the test how to end.</param>
/// <param name="notFound">What the app's page for missing pages says.</param>
public abstract class NextIsrContract(ClockedFixture site, string root, string notFound)
{
    [Fact]
    public async Task Page_IsRenewedInTheBackground()
    {
        await using var origin = await ToldOrigin.StartAsync();
        var name = origin.New(200, "warp");
        var path = root + name;
        var first = await site.GetAsync(path);

        origin.Say(name, 200, "weft");
        var second = await site.GetAsync(path);
        await ForgetAsync();
        await site.QuietAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await site.GetAsync(path);
        await site.QuietAsync();
        var fourth = await site.GetAsync(path);

        Assert.Equal(("MISS", "warp"), Told(first));
        Assert.Equal(("HIT", "warp"), Told(second));
        Assert.Equal(("STALE", "warp"), Told(third));
        Assert.Equal(("HIT", "weft"), Told(fourth));
    }

    [Fact]
    public async Task Failure_KeepsThePage_UntilARenderSucceeds()
    {
        await using var origin = await ToldOrigin.StartAsync();
        var name = origin.New(200, "warp");
        var path = root + name;
        await site.GetAsync(path);

        origin.Say(name, 500);
        await ForgetAsync();
        await site.QuietAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await site.GetAsync(path);
        await site.QuietAsync();
        var kept = await site.GetAsync(path);
        origin.Say(name, 200, "weft");
        await ForgetAsync();
        await site.QuietAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await site.GetAsync(path);
        await site.QuietAsync();
        var recovered = await site.GetAsync(path);

        Assert.Equal((200, ("STALE", "warp")), (kept.Status, Told(kept)));
        Assert.Equal(("HIT", "weft"), Told(recovered));
    }

    [Fact]
    public async Task Failure_OfTheFirstRender_IsNotKept()
    {
        await using var origin = await ToldOrigin.StartAsync();
        var name = origin.New(500);
        var path = root + name;
        var failed = await site.GetAsync(path);

        origin.Say(name, 200, "warp");
        var second = await site.GetAsync(path);

        Assert.Equal(500, failed.Status);
        Assert.Equal((200, ("MISS", "warp")), (second.Status, Told(second)));
    }

    [Fact]
    public async Task MissingPage_IsKept_UntilItIsFound()
    {
        await using var origin = await ToldOrigin.StartAsync();
        var name = origin.New(404);
        var path = root + name;
        var first = await site.GetAsync(path);
        origin.Say(name, 200, "warp");
        var second = await site.GetAsync(path);

        await ForgetAsync();
        await site.QuietAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await site.GetAsync(path);
        await site.QuietAsync();
        var fourth = await site.GetAsync(path);

        Assert.Equal((404, "MISS"), (first.Status, first["x-vercel-cache"]));
        Assert.Contains(notFound, first.Body, StringComparison.Ordinal);
        Assert.Equal((404, "HIT"), (second.Status, second["x-vercel-cache"]));
        Assert.Equal((404, "STALE"), (third.Status, third["x-vercel-cache"]));
        Assert.Equal((200, ("HIT", "warp")), (fourth.Status, Told(fourth)));
    }

    [Fact]
    public async Task Redirect_IsKept()
    {
        await using var origin = await ToldOrigin.StartAsync();
        var name = origin.New(307, "/posts/latter");
        var path = root + name;

        var first = await site.GetAsync(path);
        var second = await site.GetAsync(path);

        Assert.Equal((307, "MISS"), (first.Status, first["x-vercel-cache"]));
        Assert.Equal((307, "HIT"), (second.Status, second["x-vercel-cache"]));
        // Next.js 16 says it twice.
        Assert.Equal("/posts/latter", Assert.Single(second.All("location").Distinct(StringComparer.Ordinal)));
    }

    // Next.js 14 remembers the page that it rendered last, for a second by the clock on the wall: so it is given another.
    private async Task ForgetAsync()
    {
        await using var other = await ToldOrigin.StartAsync();
        await site.GetAsync(root + other.New(200));
    }

    private static (string? Verdict, string Text) Told(HttpAnswer answer)
    {
        var start = answer.Body.IndexOf("told:", StringComparison.Ordinal);
        return (answer["x-vercel-cache"], start < 0 ? answer.Body : answer.Body[(start + 5)..answer.Body.IndexOf('<', start)]);
    }
}
