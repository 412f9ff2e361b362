using Selvedge.Testing;
using static Selvedge.Prerender.Tests.PrerenderHarness;
using static Selvedge.Prerender.Tests.ScriptedRenderer;

namespace Selvedge.Prerender.Tests;

public sealed class PrerenderCacheTests
{
    [Fact]
    public async Task Visit_OverAPagesLife_IsMissHitStaleHitAndMissAgain()
    {
        var page = Asset();
        await using var harness = new PrerenderHarness(prerenders: page);

        var seen = new List<Seen> { await harness.SettleAsync(page), await harness.SettleAsync(page) };
        harness.Clock.Advance(TimeSpan.FromSeconds(10));
        seen.Add(await harness.SettleAsync(page));
        seen.Add(await harness.SettleAsync(page));
        harness.Clock.Advance(TimeSpan.FromSeconds(60));
        seen.Add(await harness.SettleAsync(page));

        Assert.Equal(
            ["Miss /page 1", "Hit /page 1", "Stale /page 1", "Hit /page 2", "Miss /page 3"],
            seen.Select(one => $"{one.Verdict} {one.Body}")
        );
    }

    [Fact]
    public async Task Visit_FiveThousandAtOnceForAColdPage_RendersOnce()
    {
        var page = Asset();
        var gate = new Gate();
        await using var harness = new PrerenderHarness(prerenders: page);
        harness.Renderer.Render = async (_, _) =>
        {
            await gate.PassAsync();
            return Page("cold");
        };

        var visits = Enumerable.Range(0, 5000).Select(_ => harness.AskAsync(page)).ToList();
        await gate.ArrivalAsync();
        Assert.DoesNotContain(visits, visit => visit.IsCompleted);
        gate.Open();
        var seen = await Task.WhenAll(visits);

        Assert.Equal(1, harness.Renderer.Count);
        Assert.All(seen, one => Assert.Equal(new Seen("Miss", 200, "cold"), one));
    }

    [Fact]
    public async Task Visit_AThousandColdPagesAtOnce_RendersEachOnce()
    {
        var page = Asset(change: config => config with { AllowQuery = ["id"] });
        await using var harness = new PrerenderHarness(prerenders: page);

        var visits = Enumerable.Range(0, 5000).Select(i => harness.AskAsync(page, $"id={i % 1000}"));
        await Task.WhenAll(visits);

        Assert.Equal(1000, harness.Renderer.Count);
        Assert.Equal(1000, harness.Renderer.Orders.Select(order => order.Query).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Visit_ThousandsOfAStalePage_RegenerateOnce()
    {
        var page = Asset();
        var gate = new Gate();
        await using var harness = new PrerenderHarness(prerenders: page);
        await harness.SettleAsync(page);
        harness.Renderer.Render = async (_, _) =>
        {
            await gate.PassAsync();
            return Page("new");
        };
        harness.Clock.Advance(TimeSpan.FromSeconds(10));

        var seen = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => harness.AskAsync(page)));
        gate.Open();
        await harness.Cache.WhenQuietAsync();

        Assert.All(seen, one => Assert.Equal("Stale", one.Verdict));
        Assert.Equal(2, harness.Renderer.Count);
    }

    [Fact]
    public async Task Visit_TheFirstClientLeaves_TheOthersAndTheCacheGetThePage()
    {
        var page = Asset();
        var gate = new Gate();
        using var first = new CancellationTokenSource();
        await using var harness = new PrerenderHarness(prerenders: page);
        harness.Renderer.Render = async (_, _) =>
        {
            await gate.PassAsync();
            return Page("kept");
        };

        var impatient = harness.AskAsync(page, cancellationToken: first.Token);
        await gate.ArrivalAsync();
        var patient = harness.AskAsync(page);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.Open();

        Assert.Equal(new Seen("Miss", 200, "kept"), await patient);
        Assert.Equal(new Seen("Hit", 200, "kept"), await harness.AskAsync(page));
        Assert.Equal(1, harness.Renderer.Count);
    }

    [Fact]
    public async Task Visit_TheRegenerationFails_TheOldPageStaysAndTheNextTryWaits()
    {
        var page = Asset();
        await using var harness = new PrerenderHarness(prerenders: page);
        await harness.SettleAsync(page);
        harness.Renderer.Render = (_, _) => Task.FromResult(Failure());
        harness.Clock.Advance(TimeSpan.FromSeconds(10));

        await harness.SettleAsync(page);
        await harness.SettleAsync(page);
        Assert.Equal(2, harness.Renderer.Count);
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        var third = await harness.SettleAsync(page);
        Assert.Equal(3, harness.Renderer.Count);
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        await harness.SettleAsync(page);

        Assert.Equal(new Seen("Stale", 200, "/page 1"), third);
        // The second pause is twice the first.
        Assert.Equal(3, harness.Renderer.Count);
    }

    [Fact]
    public async Task Visit_BeyondItsLifeAndTheRenderFails_TheOldPageStandsIn()
    {
        var page = Asset();
        await using var harness = new PrerenderHarness(prerenders: page);
        await harness.SettleAsync(page);
        harness.Renderer.Render = (_, _) => Task.FromResult(Page(503, "down"));
        harness.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new Seen("Stale", 200, "/page 1"), await harness.SettleAsync(page));
    }

    [Fact]
    public async Task Visit_TheRegenerationBreaksOff_TheOldPageStays()
    {
        var page = Asset();
        await using var harness = new PrerenderHarness(prerenders: page);
        await harness.SettleAsync(page);
        harness.Renderer.Render = (_, _) => Task.FromResult(Page(200, new BreakingStream()));
        harness.Clock.Advance(TimeSpan.FromSeconds(10));
        await harness.SettleAsync(page);

        Assert.Equal(new Seen("Stale", 200, "/page 1"), await harness.SettleAsync(page));
    }

    [Fact]
    public async Task Visit_AnError_IsSharedByThoseWhoWaitAndNotKept()
    {
        var page = Asset();
        var gate = new Gate();
        await using var harness = new PrerenderHarness(prerenders: page);
        harness.Renderer.Render = async (_, number) =>
        {
            await gate.PassAsync();
            return number == 1 ? Page(500, "down") : Page("up");
        };

        var visits = Enumerable.Range(0, 100).Select(_ => harness.AskAsync(page)).ToList();
        await gate.ArrivalAsync();
        gate.Open();
        var seen = await Task.WhenAll(visits);

        Assert.All(seen, one => Assert.Equal(new Seen("Miss", 500, "down"), one));
        Assert.Equal(new Seen("Miss", 200, "up"), await harness.AskAsync(page));
    }

    [Fact]
    public async Task Visit_AnAnswerForOne_IsGivenToOneAndNobodyQueues()
    {
        var page = Asset();
        await using var harness = new PrerenderHarness(prerenders: page);
        harness.Renderer.Render = (_, number) => Task.FromResult(Page($"{number}", ("cache-control", "private")));

        var seen = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => harness.AskAsync(page)));

        Assert.Equal(10, seen.Select(one => one.Body).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Visit_HalfAPage_IsNobodysAnswerAndNotKept()
    {
        var page = Asset(change: config => config with { Chain = new("/page", []) });
        await using var harness = new PrerenderHarness(prerenders: page);
        harness.Renderer.Render = (_, _) => Task.FromResult(Page("<shell>", ("x-nextjs-postponed", "1")));

        var seen = await harness.SettleAsync(page);

        Assert.Equal((500, PrerenderCache.RenderForOne.Code), (seen.Status, seen.Body));
        Assert.Equal(0, harness.Cache.Count);
    }

    [Fact]
    public async Task Visit_OfAFunctionItself_DoesNotWaitForWhatItMayBeAPartOf()
    {
        var page = Asset();
        var gate = new Gate();
        await using var harness = new PrerenderHarness(prerenders: page);
        harness.Renderer.Render = async (_, number) =>
        {
            if (number == 1)
                await gate.PassAsync();
            return Page($"{number}");
        };
        var outer = harness.AskAsync(page);
        await gate.ArrivalAsync();
        var visit = harness.Request(page);

        await using var inner = await harness.Cache.AnswerAsync(
            new PrerenderRequest(visit.Site, page, visit.Scene) { MayFollow = false },
            TestContext.Current.CancellationToken
        );
        gate.Open();

        Assert.NotNull(inner.Reply);
        Assert.Equal(new Seen("Miss", 200, "1"), await outer);
    }

    [Fact]
    public async Task Visit_TwoHosts_AreKeptApart()
    {
        var page = Asset();
        await using var harness = new PrerenderHarness(prerenders: page);

        var own = await harness.AskAsync(page);
        var forged = await harness.AskAsync(page, authority: "evil.example");

        Assert.Equal(("/page 1", "/page 2"), (own.Body, forged.Body));
        Assert.Equal("/page 1", (await harness.AskAsync(page)).Body);
    }

    [Fact]
    public async Task Regeneration_OfAMember_RendersTheGroupUnderOneInvocationId()
    {
        var page = Asset("/page", config => config with { Group = 3 });
        var data = Asset("/page.rsc", config => config with { Group = 3 });
        var never = Asset("/page.segment", config => config with { Group = 3 });
        var other = Asset("/other", config => config with { Group = 4 });
        await using var harness = new PrerenderHarness(prerenders: [page, data, never, other]);
        foreach (var asset in (Selvedge.BuildOutput.PrerenderAsset[])[page, data, other])
            await harness.SettleAsync(asset);
        harness.Clock.Advance(TimeSpan.FromSeconds(10));

        await harness.SettleAsync(data);

        var regenerated = harness.Renderer.Orders.Skip(3).ToList();
        Assert.Equal(["/page.rsc", "/page"], regenerated.Select(order => order.Prerender.OutputPath));
        Assert.Single(regenerated.Select(order => order.InvocationId).Distinct(StringComparer.Ordinal));
        Assert.Equal(4, harness.Renderer.Orders.Select(order => order.InvocationId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("Hit", (await harness.AskAsync(page)).Verdict);
    }

    [Fact]
    public async Task Revalidation_WithTheToken_RendersThePageNowAndItsGroupAfterwards()
    {
        var page = Asset("/page", config => config with { Group = 3 });
        var data = Asset("/page.rsc", config => config with { Group = 3 });
        await using var harness = new PrerenderHarness(prerenders: [page, data]);
        await harness.SettleAsync(page);
        await harness.SettleAsync(data);

        var revalidated = await harness.SettleAsync(page, demand: PrerenderDemand.Revalidate);

        Assert.Equal(new Seen("Revalidated", 200, "/page 3"), revalidated);
        Assert.Equal(new Seen("Hit", 200, "/page.rsc 4"), await harness.AskAsync(data));
        Assert.True(harness.Renderer.Orders[2].OnDemand);
        Assert.Equal(harness.Renderer.Orders[2].InvocationId, harness.Renderer.Orders[3].InvocationId);
    }

    [Fact]
    public async Task Revalidation_DuringARender_IsNotAnsweredByIt()
    {
        var page = Asset();
        var gate = new Gate();
        await using var harness = new PrerenderHarness(prerenders: page);
        harness.Renderer.Render = async (_, number) =>
        {
            if (number == 1)
                await gate.PassAsync();
            return Page($"{number}");
        };
        var early = harness.AskAsync(page);
        await gate.ArrivalAsync();

        var revalidated = await harness.AskAsync(page, demand: PrerenderDemand.Revalidate);
        gate.Open();
        await early;
        await harness.Cache.WhenQuietAsync();

        Assert.Equal(new Seen("Revalidated", 200, "2"), revalidated);
        Assert.Equal(new Seen("Hit", 200, "2"), await harness.AskAsync(page));
    }

    [Fact]
    public async Task Revalidation_ThatFails_SaysSoAndKeepsTheOldPage()
    {
        var page = Asset();
        await using var harness = new PrerenderHarness(prerenders: page);
        await harness.SettleAsync(page);
        harness.Renderer.Render = (_, _) => Task.FromResult(Page(500, "down"));

        var revalidated = await harness.SettleAsync(page, demand: PrerenderDemand.Revalidate);

        Assert.Equal((500, "down"), (revalidated.Status, revalidated.Body));
        Assert.Equal(new Seen("Stale", 200, "/page 1"), await harness.SettleAsync(page));
    }

    [Theory]
    [InlineData(true, "Stale /page 1", "Hit /page 2")]
    [InlineData(false, "Miss /page 2", "Hit /page 2")]
    public async Task Tags_Revalidated_AreStaleOrGone(bool soft, string first, string second)
    {
        var page = Asset();
        await using var harness = new PrerenderHarness(prerenders: page);
        harness.Renderer.Render = (order, number) =>
            Task.FromResult(
                Page($"{order.Prerender.OutputPath} {number}", ("x-next-cache-tags", "_N_T_/page,%C3%BCn%C3%AF tag"))
            );
        await harness.SettleAsync(page);

        harness.Cache.RevalidateTags(["other"], soft);
        Assert.Equal("Hit", (await harness.SettleAsync(page)).Verdict);
        harness.Cache.RevalidateTags(["ünï tag"], soft);
        var seen = new[] { await harness.SettleAsync(page), await harness.SettleAsync(page) };

        Assert.Equal([first, second], seen.Select(one => $"{one.Verdict} {one.Body}"));
    }

    [Fact]
    public async Task Tags_RevalidatedDuringARender_MakeWhatItRenderedStale()
    {
        var page = Asset();
        var gate = new Gate();
        await using var harness = new PrerenderHarness(prerenders: page);
        harness.Renderer.Render = async (_, number) =>
        {
            if (number == 1)
                await gate.PassAsync();
            return Page($"{number}", ("x-next-cache-tags", "fabric"));
        };
        var early = harness.AskAsync(page);
        await gate.ArrivalAsync();
        harness.Cache.RevalidateTags(["fabric"], soft: false);
        gate.Open();
        await early;
        await harness.Cache.WhenQuietAsync();

        Assert.Equal(new Seen("Miss", 200, "2"), await harness.SettleAsync(page));
    }

    [Fact]
    public async Task Regeneration_BeyondTheLimit_WaitsForTheNextVisit()
    {
        var page = Asset(change: config => config with { AllowQuery = ["id"] });
        var gate = new Gate();
        await using var harness = new PrerenderHarness(prerenders: page);
        for (var i = 0; i < 100; i++)
            await harness.SettleAsync(page, $"id={i}");
        harness.Clock.Advance(TimeSpan.FromSeconds(10));
        harness.Renderer.Render = async (_, _) =>
        {
            await gate.PassAsync();
            return Page("new");
        };

        for (var i = 0; i < 100; i++)
            await harness.AskAsync(page, $"id={i}");
        var begun = harness.Renderer.Count - 100;
        gate.Open();
        await harness.Cache.WhenQuietAsync();

        Assert.Equal(new PrerenderCacheOptions().MaxRegenerations, begun);
    }

    private sealed class BreakingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("The function died.");
    }
}
