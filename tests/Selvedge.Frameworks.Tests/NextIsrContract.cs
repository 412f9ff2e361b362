using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>
/// How the regeneration of a Next.js page can end, which is the same for both routers and all versions. The pages are kept for a minute.
/// </summary>
/// <param name="site">The app.</param>
/// <param name="root">What the paths of the pages begin with that ask the test how to end.</param>
/// <param name="notFound">What the app's page for missing pages says.</param>
public abstract class NextIsrContract(ClockedSite site, string root, string notFound)
{
    [Fact]
    public async Task Page_IsRenewedInTheBackground()
    {
        await using var origin = await TellingOrigin.StartAsync();
        var path = root + origin.Segment;
        origin.Say(200, "warp");
        var first = await site.GetAsync(path);

        origin.Say(200, "weft");
        var second = await site.GetAsync(path);
        await ForgetAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await site.GetAsync(path);
        var fourth = await site.GetRenewedAsync(path);

        Assert.Equal(("MISS", "warp"), Told(first));
        Assert.Equal(("HIT", "warp"), Told(second));
        Assert.Equal(("STALE", "warp"), Told(third));
        Assert.Equal(("HIT", "weft"), Told(fourth));
    }

    [Fact]
    public async Task Failure_KeepsThePage_UntilARenderSucceeds()
    {
        await using var origin = await TellingOrigin.StartAsync();
        var path = root + origin.Segment;
        origin.Say(200, "warp");
        await site.GetAsync(path);

        origin.Say(500);
        await ForgetAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var failing = await GetOnceRenderedAgainAsync(origin, path);
        origin.Say(200, "weft");
        var recovered = await site.GetRenewedAsync(path, step: TimeSpan.FromSeconds(1));

        Assert.Equal((200, ("STALE", "warp")), (failing.Status, Told(failing)));
        Assert.Equal(("HIT", "weft"), Told(recovered));
    }

    [Fact]
    public async Task Failure_OfTheFirstRender_IsNotKept()
    {
        await using var origin = await TellingOrigin.StartAsync();
        var path = root + origin.Segment;
        origin.Say(500);
        var failed = await site.GetAsync(path);

        origin.Say(200, "warp");
        var second = await site.GetAsync(path);

        Assert.Equal(500, failed.Status);
        Assert.Equal((200, ("MISS", "warp")), (second.Status, Told(second)));
    }

    [Fact]
    public async Task MissingPage_IsKept_UntilItIsFound()
    {
        await using var origin = await TellingOrigin.StartAsync();
        var path = root + origin.Segment;
        origin.Say(404);
        var first = await site.GetAsync(path);
        origin.Say(200, "warp");
        var second = await site.GetAsync(path);

        await ForgetAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await site.GetAsync(path);
        var fourth = await site.GetRenewedAsync(path);

        Assert.Equal((404, "MISS"), (first.Status, first["x-vercel-cache"]));
        Assert.Contains(notFound, first.Body, StringComparison.Ordinal);
        Assert.Equal((404, "HIT"), (second.Status, second["x-vercel-cache"]));
        Assert.Equal((404, "STALE"), (third.Status, third["x-vercel-cache"]));
        Assert.Equal((200, ("HIT", "warp")), (fourth.Status, Told(fourth)));
    }

    [Fact]
    public async Task Redirect_IsKept()
    {
        await using var origin = await TellingOrigin.StartAsync();
        var path = root + origin.Segment;
        origin.Say(307, "/posts/latter");

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
        await using var other = await TellingOrigin.StartAsync();
        await site.GetAsync(root + other.Segment);
    }

    private async Task<HttpAnswer> GetOnceRenderedAgainAsync(TellingOrigin origin, string path)
    {
        var before = origin.Renders;
        while (true)
        {
            var answer = await site.GetAsync(path);
            if (origin.Renders > before)
                return answer;
        }
    }

    private static (string? Verdict, string Text) Told(HttpAnswer answer)
    {
        var start = answer.Body.IndexOf("told:", StringComparison.Ordinal);
        return (answer["x-vercel-cache"], start < 0 ? answer.Body : answer.Body[(start + 5)..answer.Body.IndexOf('<', start)]);
    }
}
