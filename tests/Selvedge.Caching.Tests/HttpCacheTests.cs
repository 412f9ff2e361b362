using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;
using Selvedge.Testing;

namespace Selvedge.Caching.Tests;

/// <summary>One request after the other.</summary>
public sealed class HttpCacheTests
{
    private static readonly (string, string) OneMinute = ("cache-control", "max-age=60");

    [Fact]
    public async Task Answer_WhatIsFresh_AsksTheOriginOnce()
    {
        using var harness = new CacheHarness(new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Text("a", OneMinute))));

        var first = await harness.AskAsync();
        Assert.Equal("a", await CacheHarness.TextAsync(first));
        harness.Clock.Advance(TimeSpan.FromSeconds(59.9));
        var second = await harness.AskAsync();

        Assert.Equal("a", await CacheHarness.TextAsync(second));
        Assert.Equal(1, harness.Origin.Total);
        Assert.Equal((CacheVerdict.Miss, CacheVerdict.Hit), (first.Verdict, second.Verdict));
        Assert.Equal("Selvedge; fwd=uri-miss; fwd-status=200; ttl=60; stored", first.Status.ToString());
        Assert.Equal("Selvedge; hit; ttl=0", second.Status.ToString());
        Assert.Equal(59, (int)second.Age!.Value.TotalSeconds);
    }

    [Fact]
    public async Task Answer_WhatHasExpired_AsksAgain()
    {
        var count = 0;
        using var harness = new CacheHarness(
            new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Text($"{++count}", OneMinute)))
        );

        await harness.ReadAsync();
        harness.Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("2", await harness.ReadAsync());
    }

    [Fact]
    public async Task Answer_WhatWasConfirmed_IsFreshAgainWithItsOldBody()
    {
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                (validators, _) =>
                    Task.FromResult(
                        validators?.EntityTag == "\"1\""
                            ? ScriptedOrigin.Reply(304, "", OneMinute, ("x-new", "1"))
                            : ScriptedOrigin.Text("a", OneMinute, ("etag", "\"1\""), ("x-old", "1"))
                    )
            )
        );
        await harness.ReadAsync();
        harness.Clock.Advance(TimeSpan.FromMinutes(2));

        var confirmed = await harness.AskAsync();
        var afterwards = await harness.AskAsync();

        Assert.Equal("a", await CacheHarness.TextAsync(confirmed));
        Assert.Equal((CacheVerdict.Revalidated, CacheVerdict.Hit), (confirmed.Verdict, afterwards.Verdict));
        Assert.Equal(["etag", "x-old", "cache-control", "x-new"], afterwards.Stored!.Fields.Select(field => field.Key));
        Assert.Equal(2, harness.Origin.Total);
    }

    [Fact]
    public async Task Answer_A304ForSomethingElse_FetchesTheWhole()
    {
        var tag = "\"1\"";
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                (validators, _) =>
                    Task.FromResult(
                        validators is not null
                            ? ScriptedOrigin.Reply(304, "", ("etag", "\"other\""))
                            : ScriptedOrigin.Text(tag, OneMinute, ("etag", tag))
                    )
            )
        );
        await harness.ReadAsync();
        harness.Clock.Advance(TimeSpan.FromMinutes(2));
        tag = "\"2\"";

        Assert.Equal("\"2\"", await harness.ReadAsync());
    }

    [Fact]
    public async Task Answer_StaleWhileRevalidate_AnswersAtOnceAndRefreshesOnce()
    {
        var refresh = new Gate();
        var count = 0;
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                async (_, cancellationToken) =>
                {
                    var number = Interlocked.Increment(ref count);
                    if (number > 1)
                        await refresh.PassAsync(cancellationToken);
                    return ScriptedOrigin.Text($"{number}", ("cache-control", "max-age=60, stale-while-revalidate=60"));
                }
            )
        );
        await harness.ReadAsync();
        harness.Clock.Advance(TimeSpan.FromSeconds(90));

        var stale = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => harness.AskAsync()));

        Assert.All(stale, answer => Assert.Equal(CacheVerdict.Stale, answer.Verdict));
        Assert.Equal("1", await CacheHarness.TextAsync(stale[0]));
        Assert.Equal(2, harness.Origin.Total);
        Assert.Equal("Selvedge; hit; ttl=-30", stale[0].Status.ToString());

        refresh.Open();
        await WaitForQuietAsync(harness);
        var fresh = await harness.AskAsync();
        Assert.Equal(CacheVerdict.Hit, fresh.Verdict);
        Assert.Equal("2", await CacheHarness.TextAsync(fresh));
    }

    [Fact]
    public async Task Answer_AFailedRefresh_KeepsTheOldAndPauses()
    {
        var count = 0;
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                (_, _) =>
                    Task.FromResult(
                        ++count == 1
                            ? ScriptedOrigin.Text("1", ("cache-control", "max-age=60, stale-while-revalidate=60"))
                            : ScriptedOrigin.Failure()
                    )
            )
        );
        await harness.ReadAsync();
        harness.Clock.Advance(TimeSpan.FromSeconds(61));

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("1", await harness.ReadAsync());
            await WaitForQuietAsync(harness);
        }

        Assert.Equal(2, harness.Origin.Total);
        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        await harness.ReadAsync();
        await WaitForQuietAsync(harness);
        Assert.Equal(3, harness.Origin.Total);
    }

    [Fact]
    public async Task Answer_ARefreshThatGetsAnError_KeepsTheOld()
    {
        var count = 0;
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                (_, _) =>
                    Task.FromResult(
                        ++count == 1
                            ? ScriptedOrigin.Text("1", ("cache-control", "max-age=60, stale-while-revalidate=60"))
                            : ScriptedOrigin.Reply(500, "error")
                    )
            )
        );
        await harness.ReadAsync();
        harness.Clock.Advance(TimeSpan.FromSeconds(61));

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("1", await harness.ReadAsync());
            await WaitForQuietAsync(harness);
        }

        Assert.Equal(2, harness.Origin.Total);
    }

    [Theory]
    [InlineData("max-age=60, stale-if-error=60", 503, CacheVerdict.Stale)]
    [InlineData("max-age=60, stale-if-error=60", 0, CacheVerdict.Stale)]
    [InlineData("max-age=60", 0, CacheVerdict.Stale)]
    [InlineData("max-age=60", 503, CacheVerdict.Miss)]
    [InlineData("max-age=60, must-revalidate", 0, CacheVerdict.Miss)]
    [InlineData("max-age=60, stale-if-error=60", 404, CacheVerdict.Miss)]
    public async Task Answer_TheOriginInTrouble_UsesTheStaleResponseWhereItMay(
        string cacheControl,
        int status,
        CacheVerdict expected
    )
    {
        var count = 0;
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                (_, _) =>
                    Task.FromResult(
                        ++count == 1 ? ScriptedOrigin.Text("1", ("cache-control", cacheControl))
                        : status == 0 ? ScriptedOrigin.Failure()
                        : ScriptedOrigin.Reply(status, "error")
                    )
            )
        );
        await harness.ReadAsync();
        harness.Clock.Advance(TimeSpan.FromSeconds(90));

        await using var answer = await harness.AskAsync();

        Assert.Equal(expected, answer.Verdict);
        Assert.Equal(expected is CacheVerdict.Stale, answer.Stored is not null);
    }

    [Fact]
    public async Task Answer_AnotherVariant_IsFetchedAndBothAreKept()
    {
        var count = 0;
        using var harness = new CacheHarness(
            new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Text($"{++count}", OneMinute, ("vary", "Accept"))))
        );

        Assert.Equal("1", await harness.ReadAsync(("accept", "a")));
        var other = await harness.AskAsync(("accept", "b"));
        Assert.Equal("2", await CacheHarness.TextAsync(other));

        Assert.Equal("1", await harness.ReadAsync(("accept", "a")));
        Assert.Equal("2", await harness.ReadAsync(("accept", "b")));
        Assert.StartsWith("Selvedge; fwd=vary-miss", other.Status.ToString());
    }

    [Theory]
    [InlineData("2")]
    [InlineData("4")]
    public async Task Answer_ABodyOfAnotherLengthThanDeclared_IsNotKept(string declared)
    {
        using var harness = new CacheHarness(
            new ScriptedOrigin(
                (_, _) =>
                    Task.FromResult(ScriptedOrigin.Text("abc", ("cache-control", "max-age=60"), ("content-length", declared)))
            )
        );

        await Assert.ThrowsAsync<BrokenBodyException>(() => harness.ReadAsync());

        Assert.Equal(0, harness.Cache.Count);
    }

    [Fact]
    public async Task Answer_ABodyThatBreaksOff_IsNotKeptAndToldToItsReader()
    {
        using var harness = new CacheHarness(
            new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Text("short", OneMinute, ("content-length", "10"))))
        );

        await Assert.ThrowsAsync<BrokenBodyException>(() => harness.ReadAsync());

        Assert.Equal(0, harness.Cache.Count);
    }

    [Theory]
    [InlineData("POST", 200, 2)]
    [InlineData("M-SEARCH", 303, 2)]
    [InlineData("POST", 500, 1)]
    [InlineData("OPTIONS", 200, 1)]
    public async Task Answer_AnUnsafeMethod_InvalidatesIfItSucceeds(string method, int status, int expectedFetches)
    {
        var next = 200;
        using var harness = new CacheHarness(
            new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Reply(next, "a", OneMinute)))
        );
        await harness.ReadAsync();
        next = status;
        await (await harness.AskAsync(method, "/")).DisposeAsync();
        next = 200;

        await harness.ReadAsync();

        Assert.Equal(expectedFetches, harness.Origin.Shared);
    }

    [Fact]
    public async Task Answer_ARequestWithABody_PassesTheCacheBy()
    {
        using var harness = new CacheHarness(new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Text("a", OneMinute))));

        await using var answer = await harness.Cache.AnswerAsync(
            new CacheRequest
            {
                Key = "/",
                Target = "t",
                Method = "GET",
                Fields = new RequestFields(),
                Policy = new Caching.Policy.HttpPolicy(harness.Rules),
                Origin = harness.Origin.For(new RequestFields()),
                HasBody = true,
            },
            default
        );

        Assert.Equal((0, 1, 0), (harness.Origin.Shared, harness.Origin.Passed, harness.Cache.Count));
    }

    [Fact]
    public async Task Answer_OnlyIfCached_NeverAsks()
    {
        using var harness = new CacheHarness(new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Text("a", OneMinute))));

        var answer = await harness.AskAsync(("cache-control", "only-if-cached"));

        Assert.Equal(504, answer.Failure!.Status);
        Assert.Equal(0, harness.Origin.Total);
    }

    [Fact]
    public async Task Answer_AHeadRequest_UsesTheStoredGetAndStoresNothing()
    {
        using var harness = new CacheHarness(new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Text("a", OneMinute))));

        await (await harness.AskAsync("HEAD", "/")).DisposeAsync();
        Assert.Equal(0, harness.Cache.Count);
        await harness.ReadAsync();

        Assert.Equal(CacheVerdict.Hit, (await harness.AskAsync("HEAD", "/")).Verdict);
    }

    [Fact]
    public async Task Answer_CredentialsForWhatIsNotForAll_PassesTheCacheBy()
    {
        using var harness = new CacheHarness(new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Text("a", OneMinute))));
        await harness.ReadAsync();

        await harness.ReadAsync(("authorization", "x"));

        Assert.Equal((1, 1), (harness.Origin.Shared, harness.Origin.Passed));
    }

    internal static async Task WaitForQuietAsync(CacheHarness harness)
    {
        while (harness.Cache.Fetches > 0)
        {
            await Task.Yield();
        }
    }
}
