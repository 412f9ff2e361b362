using Selvedge.Prerender.Entries;
using Selvedge.Testing;
using static Selvedge.Prerender.Tests.PrerenderHarness;

namespace Selvedge.Prerender.Tests.Persistence;

/// <summary>What a restart leaves of rendered pages and of purges.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Page_AfterARestart_IsThereAndAsOldAsItIs()
    {
        var page = Asset();
        await using var harness = new PrerenderHarness(new TempDirectory(), prerenders: page);
        await harness.SettleAsync(page);

        await harness.RestartAsync();
        Assert.Equal(new Seen("Hit", 200, "/page 1"), await harness.SettleAsync(page));
        await harness.RestartAsync();
        harness.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new Seen("Stale", 200, "/page 1"), await harness.SettleAsync(page));
        Assert.Equal(2, harness.Renderer.Count);
    }

    [Fact]
    public async Task Page_OfALongKey_IsThereAfterARestart()
    {
        var page = Asset(change: config => config with { AllowQuery = null });
        var query = $"q={new string('x', 20_000)}";
        await using var harness = new PrerenderHarness(new TempDirectory(), prerenders: page);
        await harness.SettleAsync(page, query);

        await harness.RestartAsync();

        Assert.Equal(new Seen("Hit", 200, "/page 1"), await harness.SettleAsync(page, query));
    }

    [Fact]
    public async Task Page_WithALongBody_IsThereAfterARestart()
    {
        var page = Asset();
        var body = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i},"));
        await using var harness = new PrerenderHarness(new TempDirectory(), prerenders: page);
        harness.Renderer.Render = (_, _) => Task.FromResult(ScriptedRenderer.Page(body));
        Assert.Equal(body.Length, (await harness.SettleAsync(page)).Body.Length);
        Assert.Equal(body.Length, (await harness.SettleAsync(page)).Body.Length);

        await harness.RestartAsync();
        var kept = await harness.SettleAsync(page);

        Assert.Equal(("Hit", body.Length), (kept.Verdict, kept.Body.Length));
        Assert.EndsWith("59999,", kept.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shell_AfterARestart_HasItsState()
    {
        var page = Asset(change: config => config with { Chain = new("/page", []) });
        await using var harness = new PrerenderHarness(new TempDirectory(), prerenders: page);
        harness.Renderer.Render = (_, _) =>
            Task.FromResult(
                ScriptedRenderer.Page(
                    "state<shell>",
                    ("content-type", "application/x-nextjs-pre-render; state-length=5; origin=\"text/html; charset=utf-8\"")
                )
            );
        var first = await harness.SettleAsync(page);

        await harness.RestartAsync();
        await using var answer = await harness.Cache.AnswerAsync(harness.Request(page), TestContext.Current.CancellationToken);

        var entry = Assert.IsType<PrerenderEntry>(answer.Stored);
        Assert.Equal(new Seen("Miss", 200, "<shell>"), first);
        Assert.Equal("state"u8, entry.Postponed!.Value.Span);
        Assert.Contains(new("content-type", "text/html; charset=utf-8"), entry.Fields);
    }

    [Theory]
    [InlineData(true, "Stale")]
    [InlineData(false, "Miss")]
    public async Task Purge_BeforeARestart_HoldsAfterwards(bool soft, string verdict)
    {
        var page = Asset();
        await using var harness = new PrerenderHarness(new TempDirectory(), prerenders: page);
        harness.Renderer.Render = (_, _) => Task.FromResult(ScriptedRenderer.Page("x", ("x-next-cache-tags", "fabric")));
        await harness.SettleAsync(page);
        harness.Cache.RevalidateTags(["fabric"], soft);

        await harness.RestartAsync();
        var first = await harness.SettleAsync(page);
        await harness.RestartAsync();

        Assert.Equal(verdict, first.Verdict);
        Assert.Equal("Hit", (await harness.SettleAsync(page)).Verdict);
    }

    [Fact]
    public async Task Page_WhoseJournalIsLost_IsStaleAndNotGone()
    {
        var page = Asset();
        var directory = new TempDirectory();
        await using var harness = new PrerenderHarness(directory, prerenders: page);
        await harness.SettleAsync(page);
        await harness.Cache.DisposeAsync();
        File.Delete(directory.Combine("purges"));

        await harness.RestartAsync();

        Assert.Equal(new Seen("Stale", 200, "/page 1"), await harness.SettleAsync(page));
        Assert.Equal(new Seen("Hit", 200, "/page 2"), await harness.SettleAsync(page));
    }

    [Fact]
    public async Task Page_WhoseJournalIsDamaged_IsStaleAndNotGone()
    {
        var page = Asset();
        var directory = new TempDirectory();
        await using var harness = new PrerenderHarness(directory, prerenders: page);
        await harness.SettleAsync(page);
        harness.Cache.RevalidateTags(["unrelated"], soft: false);
        await harness.Cache.DisposeAsync();
        using (var file = File.OpenWrite(directory.Combine("purges")))
            file.SetLength(file.Length - 3);

        await harness.RestartAsync();

        Assert.Equal(new Seen("Stale", 200, "/page 1"), await harness.SettleAsync(page));
    }

    [Fact]
    public async Task Purge_AfterTheClockWasSetBack_HoldsForWhatWasRenderedBefore()
    {
        var page = Asset(change: config => config with { Expiration = null, StaleExpiration = null });
        var directory = new TempDirectory();
        await using var early = new PrerenderHarness(
            directory,
            new ManualClock(new DateTimeOffset(2031, 1, 1, 0, 0, 0, default)),
            page
        );
        early.Renderer.Render = (_, _) => Task.FromResult(ScriptedRenderer.Page("old", ("x-next-cache-tags", "fabric")));
        await early.SettleAsync(page);
        await early.Cache.DisposeAsync();

        await using var late = new PrerenderHarness(
            directory,
            new ManualClock(new DateTimeOffset(2029, 1, 1, 0, 0, 0, default)),
            page
        );
        Assert.Equal("Hit", (await late.SettleAsync(page)).Verdict);
        late.Cache.RevalidateTags(["fabric"], soft: false);

        Assert.Equal("Miss", (await late.SettleAsync(page)).Verdict);
    }
}
