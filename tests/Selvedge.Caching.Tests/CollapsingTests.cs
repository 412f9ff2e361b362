using Selvedge.Caching.Origins;
using Selvedge.Caching.Status;
using Selvedge.Testing;

namespace Selvedge.Caching.Tests;

/// <summary>Many requests at once. The origin stands behind a gate, so who waits is known and not guessed.</summary>
public sealed class CollapsingTests
{
    private const int Crowd = 100;
    private static readonly (string, string) OneMinute = ("cache-control", "max-age=60");

    [Fact]
    public async Task Answer_ACrowdForOneResponse_AsksTheOriginOnce()
    {
        var gate = new Gate();
        using var harness = new CacheHarness(Behind(gate, () => ScriptedOrigin.Text("a", OneMinute)));

        var crowd = Enumerable.Range(0, Crowd).Select(_ => harness.AskAsync()).ToList();
        gate.Open();
        var answers = await Task.WhenAll(crowd);

        Assert.Equal(1, harness.Origin.Total);
        Assert.Equal(Crowd - 1, answers.Count(answer => answer.Status.Collapsed));
        foreach (var answer in answers)
        {
            Assert.Equal("a", await CacheHarness.TextAsync(answer));
        }

        await HttpCacheTests.WaitForQuietAsync(harness);
    }

    [Fact]
    public async Task Answer_FollowersOfASlowBody_ReadFromTheHeadersOn()
    {
        var body = new GatedBody();
        using var harness = new CacheHarness(
            new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Reply(200, body, OneMinute)))
        );
        var lead = await harness.AskAsync();
        var follower = await harness.AskAsync();
        using var reader = follower.Stored!.Body.Read();

        var first = reader.ReadAsync(default);
        Assert.False(first.IsCompleted);
        body.Send("one");
        Assert.Equal("one"u8.ToArray(), (await first).ToArray());
        body.Send("two");
        body.End();

        Assert.Equal("two"u8.ToArray(), (await reader.ReadAsync(default)).ToArray());
        Assert.True((await reader.ReadAsync(default)).IsEmpty);
        Assert.Equal("onetwo", await CacheHarness.TextAsync(lead));
    }

    [Fact]
    public async Task Answer_ARequestThatMayNotWait_PassesByTheFetchUnderWay()
    {
        var gate = new Gate();
        var calls = 0;
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                async (_, _) =>
                {
                    if (Interlocked.Increment(ref calls) == 1)
                    {
                        await gate.PassAsync(CancellationToken.None);
                    }

                    return ScriptedOrigin.Text("a", OneMinute);
                }
            )
        );
        var lead = harness.AskAsync();
        await gate.ArrivalAsync();
        harness.MayWait = false;

        // It asks on behalf of the lead, who waits for it: here, before the gate opens.
        Assert.Equal("a", await CacheHarness.TextAsync(await harness.AskAsync()));

        gate.Open();
        Assert.Equal("a", await CacheHarness.TextAsync(await lead));
        Assert.Equal((1, 1), (harness.Origin.Shared, harness.Origin.Passed));
    }

    [Fact]
    public async Task Answer_ACrowdForWhatCannotBeShared_IsReleasedAtOnce()
    {
        var gate = new Gate();
        using var harness = new CacheHarness(Behind(gate, () => ScriptedOrigin.Text("a", ("cache-control", "no-store"))));
        var crowd = Enumerable.Range(0, Crowd).Select(_ => harness.AskAsync()).ToList();
        await gate.ArrivalAsync();
        Assert.Equal(1, harness.Origin.Total);

        gate.Open();
        await Task.WhenAll(crowd);

        Assert.Equal((1, Crowd - 1), (harness.Origin.Shared, harness.Origin.Passed));
    }

    [Fact]
    public async Task Answer_TheNextCrowdForWhatCannotBeShared_DoesNotWait()
    {
        var gate = new Gate();
        var first = true;
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                async (_, cancellationToken) =>
                {
                    if (!first)
                        await gate.PassAsync(cancellationToken);
                    first = false;
                    return ScriptedOrigin.Text("a", ("cache-control", "private"));
                }
            )
        );
        await harness.ReadAsync();

        var crowd = Enumerable.Range(0, Crowd).Select(_ => harness.AskAsync()).ToList();

        Assert.Equal(Crowd, harness.Origin.Passed);
        gate.Open();
        await Task.WhenAll(crowd);
    }

    [Fact]
    public async Task Answer_WhatCannotBeSharedAskedForAllTheTime_IsNeverWaitedFor()
    {
        var gate = new Gate();
        var isSlow = false;
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                async (_, cancellationToken) =>
                {
                    if (isSlow)
                        await gate.PassAsync(cancellationToken);
                    return ScriptedOrigin.Text("a", ("cache-control", "no-store"));
                }
            )
        );
        for (var i = 0; i < 10; i++)
        {
            await harness.ReadAsync();
            harness.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        isSlow = true;
        var crowd = Enumerable.Range(0, 3).Select(_ => harness.AskAsync()).ToList();

        Assert.Equal((1, 12), (harness.Origin.Shared, harness.Origin.Passed));
        gate.Open();
        await Task.WhenAll(crowd);
    }

    [Fact]
    public async Task Answer_AFetchOfTheUnknownThatTakesLong_IsNotWaitedForWithoutEnd()
    {
        var gate = new Gate();
        using var harness = new CacheHarness(Behind(gate, () => ScriptedOrigin.Text("a", OneMinute)));
        var lead = harness.AskAsync();
        var follower = harness.AskAsync();

        harness.Clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(0, harness.Origin.Passed);
        harness.Clock.Advance(TimeSpan.FromSeconds(0.1));

        await WaitUntilAsync(() => harness.Origin.Passed == 1);
        gate.Open();
        Assert.Equal("a", await CacheHarness.TextAsync(await follower));
        Assert.Equal("a", await CacheHarness.TextAsync(await lead));
    }

    [Fact]
    public async Task Answer_AFetchOfWhatIsKnownToBeShared_IsWaitedFor()
    {
        var gate = new Gate();
        var count = 0;
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                async (_, cancellationToken) =>
                {
                    if (++count > 1)
                        await gate.PassAsync(cancellationToken);
                    return ScriptedOrigin.Text("a", OneMinute);
                }
            )
        );
        await harness.ReadAsync();
        harness.Clock.Advance(TimeSpan.FromMinutes(2));
        var crowd = Enumerable.Range(0, 3).Select(_ => harness.AskAsync()).ToList();

        harness.Clock.Advance(TimeSpan.FromSeconds(30));
        gate.Open();
        await Task.WhenAll(crowd);

        Assert.Equal((2, 0), (harness.Origin.Shared, harness.Origin.Passed));
    }

    [Fact]
    public async Task Answer_MoreThanMayFollow_AsksForThemselves()
    {
        var gate = new Gate();
        using var harness = new CacheHarness(
            Behind(gate, () => ScriptedOrigin.Text("a", OneMinute)),
            new CacheOptions { MaxFollowers = 3 }
        );
        var crowd = Enumerable.Range(0, 5).Select(_ => harness.AskAsync()).ToList();

        await WaitUntilAsync(() => harness.Origin.Passed == 2);
        gate.Open();
        await Task.WhenAll(crowd);

        Assert.Equal((1, 2), (harness.Origin.Shared, harness.Origin.Passed));
    }

    [Fact]
    public async Task Answer_ManyStaleResponses_AreRefreshedAFewAtATime()
    {
        var gate = new Gate();
        var isStale = false;
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                async (_, cancellationToken) =>
                {
                    if (isStale)
                        await gate.PassAsync(cancellationToken);
                    return ScriptedOrigin.Text("a", ("cache-control", "max-age=1, stale-while-revalidate=1000"));
                }
            ),
            new CacheOptions { MaxRefreshes = 2 }
        );
        foreach (var key in new[] { "/1", "/2", "/3", "/4" })
            await CacheHarness.TextAsync(await harness.AskAsync("GET", key));
        harness.Clock.Advance(TimeSpan.FromSeconds(10));
        isStale = true;

        foreach (var key in new[] { "/1", "/2", "/3", "/4" })
            Assert.Equal(CacheVerdict.Stale, (await harness.AskAsync("GET", key)).Verdict);

        Assert.Equal(4 + 2, harness.Origin.Shared);
        gate.Open();
    }

    [Fact]
    public async Task Answer_WhatHasBecomeShareable_IsSharedAgain()
    {
        var cacheControl = "no-store";
        using var harness = new CacheHarness(
            new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Text("a", ("cache-control", cacheControl))))
        );
        await harness.ReadAsync();
        cacheControl = "max-age=60";

        await harness.ReadAsync();
        await harness.ReadAsync();

        Assert.Equal(CacheVerdict.Hit, (await harness.AskAsync()).Verdict);
    }

    [Fact]
    public async Task Answer_ACrowdForAnError_SharesIt()
    {
        var gate = new Gate();
        using var harness = new CacheHarness(Behind(gate, () => ScriptedOrigin.Reply(503, "down")));
        var crowd = Enumerable.Range(0, Crowd).Select(_ => harness.AskAsync()).ToList();

        gate.Open();
        var answers = await Task.WhenAll(crowd);

        Assert.Equal(1, harness.Origin.Total);
        Assert.All(answers, answer => Assert.Equal(503, answer.Stored!.Status));
        Assert.Equal("down", await CacheHarness.TextAsync(answers[^1]));
        Assert.Equal(0, harness.Cache.Count);
    }

    [Fact]
    public async Task Answer_AnErrorForVisitorsWithCookies_IsNotShared()
    {
        var gate = new Gate();
        using var harness = new CacheHarness(Behind(gate, () => ScriptedOrigin.Reply(503, "down")));
        var crowd = Enumerable.Range(0, 3).Select(i => harness.AskAsync(("cookie", $"id={i}"))).ToList();

        gate.Open();
        await Task.WhenAll(crowd);

        Assert.Equal(3, harness.Origin.Total);
    }

    [Fact]
    public async Task Answer_ACrowdForAnOriginThatIsDown_FailsTogether()
    {
        var gate = new Gate();
        using var harness = new CacheHarness(Behind(gate, ScriptedOrigin.Failure));
        var crowd = Enumerable.Range(0, Crowd).Select(_ => harness.AskAsync()).ToList();

        gate.Open();
        var answers = await Task.WhenAll(crowd);

        Assert.Equal(1, harness.Origin.Total);
        Assert.All(answers, answer => Assert.Equal(502, answer.Failure!.Status));
    }

    [Fact]
    public async Task Answer_TheLeadLeaves_TheOthersGetTheirAnswer()
    {
        var gate = new Gate();
        using var harness = new CacheHarness(Behind(gate, () => ScriptedOrigin.Text("a", OneMinute)));
        using var leaving = new CancellationTokenSource();
        var lead = harness.AskAsync(leaving.Token);
        var follower = harness.AskAsync();

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lead);
        gate.Open();

        Assert.Equal("a", await CacheHarness.TextAsync(await follower));
        Assert.Equal(1, harness.Origin.Total);
    }

    [Fact]
    public async Task Answer_TheLeadLeavesWhatCannotBeShared_TheReplyIsDisposed()
    {
        var gate = new Gate();
        var body = new GatedBody();
        using var harness = new CacheHarness(Behind(gate, () => ScriptedOrigin.Reply(200, body)));
        using var leaving = new CancellationTokenSource();
        var lead = harness.AskAsync(leaving.Token);
        var follower = harness.AskAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lead);

        gate.Open();
        await (await follower).DisposeAsync();

        await body.Disposed;
    }

    [Fact]
    public async Task Answer_EverybodyLeaves_TheFetchIsCancelled()
    {
        var cancelled = new TaskCompletionSource();
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                async (_, cancellationToken) =>
                {
                    await using var registration = cancellationToken.Register(cancelled.SetResult);
                    await cancelled.Task;
                    throw new OperationCanceledException(cancellationToken);
                }
            )
        );
        using var leaving = new CancellationTokenSource();
        var crowd = Enumerable.Range(0, 3).Select(_ => harness.AskAsync(leaving.Token)).ToList();

        await leaving.CancelAsync();

        await cancelled.Task;
        foreach (var one in crowd)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        }

        await HttpCacheTests.WaitForQuietAsync(harness);
    }

    [Fact]
    public async Task Answer_AStalledReader_HoldsNobody()
    {
        var large = new string('x', 20 * 1024 * 1024);
        using var harness = new CacheHarness(
            new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Text(large, OneMinute)))
        );
        var stalled = await harness.AskAsync();
        using var reader = stalled.Stored!.Body.Read();

        Assert.Equal(large.Length, (await harness.ReadAsync()).Length);

        Assert.Equal(1, harness.Origin.Total);
    }

    [Fact]
    public async Task Answer_AFollowerWhoWantsAnotherVariant_FetchesItsOwn()
    {
        var gate = new Gate();
        using var harness = new CacheHarness(Behind(gate, () => ScriptedOrigin.Text("a", OneMinute, ("vary", "accept"))));
        var crowd = Enumerable.Range(0, Crowd).Select(i => harness.AskAsync(("accept", $"{i % 4}"))).ToList();

        gate.Open();
        await Task.WhenAll(crowd);

        Assert.Equal((4, 0), (harness.Origin.Shared, harness.Origin.Passed));
        Assert.Equal(4, harness.Cache.Count);
    }

    [Fact]
    public async Task Answer_A304ThatMakesItPrivate_IsForTheLeadAlone()
    {
        var gate = new Gate();
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                async (validators, cancellationToken) =>
                {
                    if (validators is null)
                        return ScriptedOrigin.Text("a", OneMinute, ("etag", "\"1\""));
                    await gate.PassAsync(cancellationToken);
                    return ScriptedOrigin.Reply(304, "", ("cache-control", "private"), ("etag", "\"1\""));
                }
            )
        );
        await harness.ReadAsync();
        harness.Clock.Advance(TimeSpan.FromMinutes(2));
        var crowd = Enumerable.Range(0, 3).Select(_ => harness.AskAsync()).ToList();

        gate.Open();
        var answers = await Task.WhenAll(crowd);

        Assert.Equal((2, 2), (harness.Origin.Shared, harness.Origin.Passed));
        Assert.Single(answers, answer => answer.Stored is not null);
        Assert.Equal(0, harness.Cache.Count);
    }

    [Fact]
    public async Task Invalidate_DuringAFetch_KeepsItsResponseFromLaterRequests()
    {
        var gate = new Gate();
        var content = "old";
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                async (_, cancellationToken) =>
                {
                    var mine = content;
                    if (mine == "old")
                        await gate.PassAsync(cancellationToken);
                    return ScriptedOrigin.Text(mine, OneMinute);
                }
            )
        );
        var before = harness.AskAsync();
        content = "new";

        harness.Cache.Invalidate("/");
        var after = await harness.ReadAsync();
        gate.Open();
        await CacheHarness.TextAsync(await before);

        Assert.Equal("new", after);
        Assert.Equal("new", await harness.ReadAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PurgeTag_DuringAFetch_KeepsItsResponseFromLaterRequests(bool soft)
    {
        var gate = new Gate();
        var content = "old";
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                async (_, cancellationToken) =>
                {
                    var mine = content;
                    if (mine == "old")
                        await gate.PassAsync(cancellationToken);
                    return ScriptedOrigin.Text(mine, OneMinute, ("vercel-cache-tag", "a, b"));
                }
            )
        );
        var before = harness.AskAsync();
        content = "new";
        harness.Cache.PurgeTag("b", soft);
        // It joins a fetch whose tags nobody knows yet.
        var after = harness.AskAsync();

        gate.Open();

        Assert.Equal("old", await CacheHarness.TextAsync(await before));
        Assert.Equal("new", await CacheHarness.TextAsync(await after));
        Assert.Equal("new", await harness.ReadAsync());
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    private static ScriptedOrigin Behind(Gate gate, Func<OriginReply> reply) =>
        new(
            async (_, cancellationToken) =>
            {
                await gate.PassAsync(cancellationToken);
                return reply();
            }
        );
}
