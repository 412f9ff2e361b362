using System.Text;
using Selvedge.Caching.Status;
using Selvedge.Caching.Tests.Storage.Disk;

namespace Selvedge.Caching.Tests;

/// <summary>The cache with its disk tier, over restarts.</summary>
public sealed class DiskTierTests
{
    private static readonly (string, string)[] Fresh = [("cache-control", "max-age=100"), ("etag", "\"1\"")];

    [Fact]
    public async Task Answer_WhatWasAskedForTwice_IsThereAfterARestart()
    {
        await using var cache = new DiskCacheHarness(Answers("a", Fresh));
        await cache.ReadAsync();
        await cache.ReadAsync();

        await cache.RestartAsync();
        cache.Clock.Advance(TimeSpan.FromSeconds(7));
        var answer = await cache.AskAsync();

        Assert.Equal(CacheVerdict.Hit, answer.Verdict);
        Assert.Equal(7, answer.Age!.Value.TotalSeconds, tolerance: 0.001);
        Assert.Equal("\"1\"", answer.Stored!.EntityTag);
        Assert.Equal("a", await CacheHarness.TextAsync(answer));
        Assert.Equal(1, cache.Origin.Total);
    }

    [Fact]
    public async Task Answer_OfWhatStaysInMemory_IsNeverWritten()
    {
        await using var cache = new DiskCacheHarness(Answers("a", Fresh)) { IsMemoryOnly = true };
        for (var i = 0; i < 3; i++)
            await cache.ReadAsync();
        await cache.SettleAsync();
        Assert.Equal(0, cache.Cache.DiskCount);

        await cache.RestartAsync();
        await cache.ReadAsync();

        Assert.Equal(2, cache.Origin.Total);
    }

    [Fact]
    public async Task Answer_WhatWasAskedForOnce_IsNotWritten()
    {
        await using var cache = new DiskCacheHarness(Answers("a", Fresh));
        await cache.ReadAsync();

        await cache.RestartAsync();
        await cache.ReadAsync();

        Assert.Equal(2, cache.Origin.Total);
    }

    [Fact]
    public async Task Answer_AfterARestart_IsReadFromDiskOnceForAll()
    {
        await using var cache = new DiskCacheHarness(Answers("a", Fresh));
        await cache.ReadAsync();
        await cache.ReadAsync();
        await cache.RestartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => cache.AskAsync()));

        Assert.All(answers, answer => Assert.Same(answers[0].Stored, answer.Stored));
        Assert.Equal(1, cache.Origin.Total);
    }

    [Fact]
    public async Task Answer_OfWhatIsStaleOnDisk_IsValidated()
    {
        await using var cache = new DiskCacheHarness(
            new ScriptedOrigin(
                (validators, _) =>
                    Task.FromResult(
                        validators is { EntityTag: "\"1\"" }
                            ? ScriptedOrigin.Reply(304, "", Fresh)
                            : ScriptedOrigin.Text("a", Fresh)
                    )
            )
        );
        await cache.ReadAsync();
        await cache.ReadAsync();
        await cache.RestartAsync();
        cache.Clock.Advance(TimeSpan.FromSeconds(200));

        var answer = await cache.AskAsync();

        Assert.Equal(CacheVerdict.Revalidated, answer.Verdict);
        Assert.Equal("a", await CacheHarness.TextAsync(answer));
    }

    [Fact]
    public async Task Answer_OfVariants_ChoosesOnDiskAsInMemory()
    {
        await using var cache = new DiskCacheHarness(request =>
            ScriptedOrigin.Text(request.Get("x")!, ("cache-control", "max-age=100"), ("vary", "x"))
        );
        foreach (var value in new[] { "one", "two", "one", "two" })
        {
            await cache.ReadAsync(("x", value));
        }

        await cache.RestartAsync();

        Assert.Equal("one", await cache.ReadAsync(("x", "one")));
        Assert.Equal("two", await cache.ReadAsync(("x", "two")));
        Assert.Equal(2, cache.Origin.Total);
        Assert.Equal("three", await cache.ReadAsync(("x", "three")));
        Assert.Equal(3, cache.Origin.Total);
    }

    [Fact]
    public async Task Invalidate_OfVariants_LeavesNoneOfThemOnDisk()
    {
        await using var cache = new DiskCacheHarness(request =>
            ScriptedOrigin.Text(request.Get("x")!, ("cache-control", "max-age=100"), ("vary", "x"))
        );
        foreach (var value in new[] { "one", "two", "one", "two" })
        {
            await cache.ReadAsync(("x", value));
        }

        await cache.SettleAsync();
        cache.Cache.Invalidate("/");
        // A new map of variants must not find the old variants again.
        await cache.ReadAsync(("x", "one"));
        await cache.ReadAsync(("x", "one"));
        await cache.RestartAsync();
        await cache.ReadAsync(("x", "two"));

        Assert.Equal(4, cache.Origin.Total);
    }

    public static TheoryData<string> Purges => ["key", "tag", "prefix", "all", "invalidate"];

    [Theory]
    [MemberData(nameof(Purges))]
    public async Task Purge_ThenARestart_DoesNotBringItBack(string how)
    {
        await using var cache = new DiskCacheHarness(
            Answers("a", ("cache-control", "max-age=100"), ("vercel-cache-tag", "blog"))
        );
        await cache.ReadAsync();
        await cache.ReadAsync();
        await cache.SettleAsync();

        Purge(cache.Cache, how, soft: false);
        await cache.RestartAsync();
        await cache.ReadAsync();

        Assert.Equal(2, cache.Origin.Total);
    }

    [Theory]
    [MemberData(nameof(Purges))]
    public async Task Purge_OfWhatIsOnlyOnDisk_HoldsAtOnce(string how)
    {
        await using var cache = new DiskCacheHarness(
            Answers("a", ("cache-control", "max-age=100"), ("vercel-cache-tag", "blog"))
        );
        await cache.ReadAsync();
        await cache.ReadAsync();
        await cache.RestartAsync();

        Purge(cache.Cache, how, soft: false);
        await cache.ReadAsync();

        Assert.Equal(2, cache.Origin.Total);
    }

    [Fact]
    public async Task Purge_SoftThenARestart_LeavesItStale()
    {
        await using var cache = new DiskCacheHarness(
            Answers("a", ("cache-control", "max-age=100"), ("vercel-cache-tag", "blog"))
        );
        await cache.ReadAsync();
        await cache.ReadAsync();
        await cache.SettleAsync();

        cache.Cache.PurgeTag("blog", soft: true);
        await cache.RestartAsync();
        var answer = await cache.AskAsync();

        Assert.Equal(CacheVerdict.Stale, answer.Verdict);
        Assert.Equal("a", await CacheHarness.TextAsync(answer));
    }

    [Fact]
    public async Task Answer_AfterAPurgeAndARestart_IsKeptAgain()
    {
        await using var cache = new DiskCacheHarness(
            Answers("a", ("cache-control", "max-age=100"), ("vercel-cache-tag", "blog"))
        );
        cache.Cache.PurgeTag("blog", soft: false);
        cache.Clock.Advance(TimeSpan.FromSeconds(1));
        await cache.RestartAsync();
        await cache.ReadAsync();
        await cache.ReadAsync();

        cache.Clock.Advance(TimeSpan.FromSeconds(1));
        await cache.RestartAsync();
        await cache.ReadAsync();

        Assert.Equal(1, cache.Origin.Total);
    }

    [Fact]
    public async Task Purge_WhoseJournalIsDamaged_GivesUpAllThatLiesOnDisk()
    {
        await using var cache = new DiskCacheHarness(Answers("a", Fresh));
        await cache.ReadAsync();
        await cache.ReadAsync();
        await cache.SettleAsync();
        cache.Cache.PurgeTag("other", soft: false);
        await cache.StopAsync();
        var journal = Path.Combine(cache.Root, "purges");
        var bytes = await File.ReadAllBytesAsync(journal);
        await File.WriteAllBytesAsync(journal, bytes[..^1]);

        cache.Start();
        await cache.ReadAsync();

        Assert.Equal(2, cache.Origin.Total);
    }

    [Fact]
    public async Task Answer_AfterTheMachineWentDown_IsFetchedAnew()
    {
        await using var cache = new DiskCacheHarness(Answers("a", Fresh));
        await cache.ReadAsync();
        await cache.ReadAsync();
        await cache.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(cache.Root, "state"), "open another-boot");

        cache.Start();
        await cache.ReadAsync();

        Assert.Equal(2, cache.Origin.Total);
    }

    [Fact]
    public async Task Answer_WhenTheClockWasSetBack_IsFetchedAnew()
    {
        await using var cache = new DiskCacheHarness(Answers("a", Fresh));
        await cache.ReadAsync();
        await cache.ReadAsync();
        await cache.StopAsync();

        cache.Start(cache.Clock.GetUtcNow() - TimeSpan.FromHours(1));
        await cache.ReadAsync();

        Assert.Equal(2, cache.Origin.Total);
    }

    [Fact]
    public async Task Answer_OfAnOlderOneOnDisk_IsNeverGivenAfterANewerOne()
    {
        var version = 0;
        await using var cache = new DiskCacheHarness(_ => ScriptedOrigin.Text($"v{++version}", ("cache-control", "max-age=100")));
        await cache.ReadAsync();
        await cache.ReadAsync();
        await cache.SettleAsync();

        Assert.Equal("v2", await cache.ReadAsync(("cache-control", "no-cache")));
        await cache.RestartAsync();

        Assert.Equal("v2", await cache.ReadAsync());
    }

    [Fact]
    public async Task Answer_ALongBody_GoesToDiskAtOnceAndNotToMemory()
    {
        var body = new string('x', DiskCacheHarness.LargeBody + 1);
        await using var cache = new DiskCacheHarness(Answers(body, Fresh));

        Assert.Equal(body, await cache.ReadAsync());
        await cache.SettleAsync();

        Assert.True(cache.Cache.Bytes < 4096);
        Assert.True(cache.Cache.DiskBytes > body.Length);
        Assert.Equal(body, await cache.ReadAsync());
        await cache.RestartAsync();
        Assert.Equal(body, await cache.ReadAsync());
        Assert.Equal(1, cache.Origin.Total);
    }

    [Fact]
    public async Task Answer_ALongBodyWhileItArrives_GivesEveryReaderAllOfIt()
    {
        var arriving = new GatedBody();
        await using var cache = new DiskCacheHarness(
            new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Reply(200, arriving, Fresh)))
        );
        var first = await cache.AskAsync();
        var expected = new StringBuilder();
        Task<string>? early = null;
        for (var i = 0; i < 20; i++)
        {
            var piece = new string((char)('a' + i), 30_000);
            expected.Append(piece);
            arriving.Send(piece);
            if (i == 10)
            {
                early = cache.ReadAsync();
            }
        }

        arriving.End();

        Assert.Equal(expected.ToString(), await CacheHarness.TextAsync(first));
        Assert.Equal(expected.ToString(), await early!);
        await cache.SettleAsync();
        Assert.Equal(expected.ToString(), await cache.ReadAsync());
        Assert.Equal(1, cache.Origin.Total);
    }

    [Fact]
    public async Task Answer_ALongBodyThatBreaksOff_IsNotKept()
    {
        var arriving = new GatedBody();
        await using var cache = new DiskCacheHarness(
            new ScriptedOrigin((_, _) => Task.FromResult(ScriptedOrigin.Reply(200, arriving, Fresh)))
        );
        var answer = await cache.AskAsync();
        for (var i = 0; i < 10; i++)
        {
            arriving.Send(new string('x', 60_000));
        }

        arriving.End(new IOException("gone"));

        await Assert.ThrowsAnyAsync<IOException>(() => CacheHarness.TextAsync(answer));
        await cache.SettleAsync();
        Assert.Equal(0, cache.Cache.DiskCount);
        Assert.Equal(0, cache.Cache.Count);
    }

    [Fact]
    public async Task Answer_ALongBodyFromAPosition_GivesTheRest()
    {
        var body = string.Concat(Enumerable.Range(0, 40_000).Select(i => i.ToString("d6")));
        await using var cache = new DiskCacheHarness(Answers(body, Fresh));
        await cache.ReadAsync();
        await cache.SettleAsync();
        await using var answer = await cache.AskAsync();

        using var reader = answer.Stored!.Body.Read(100_000);
        var rest = new StringBuilder();
        while (await reader.ReadAsync(CancellationToken.None) is { IsEmpty: false } piece)
        {
            rest.Append(Encoding.UTF8.GetString(piece.Span));
        }

        Assert.Equal(body[100_000..], rest.ToString());
    }

    [Fact]
    public async Task Answer_ALongBodyThatIsInvalidatedWhileItIsRead_IsReadToItsEnd()
    {
        var body = new string('x', DiskCacheHarness.LargeBody * 2);
        await using var cache = new DiskCacheHarness(Answers(body, Fresh));
        await cache.ReadAsync();
        await cache.SettleAsync();

        var answer = await cache.AskAsync();
        cache.Cache.Invalidate("/");

        Assert.Equal(body, await CacheHarness.TextAsync(answer));
        Assert.Equal(body, await cache.ReadAsync());
        Assert.Equal(2, cache.Origin.Total);
    }

    [Fact]
    public async Task Answer_AStaleLongBodyThatIsConfirmed_IsFreshOnDiskAgain()
    {
        var body = new string('x', DiskCacheHarness.LargeBody * 2);
        await using var cache = new DiskCacheHarness(
            new ScriptedOrigin(
                (validators, _) =>
                    Task.FromResult(validators is null ? ScriptedOrigin.Text(body, Fresh) : ScriptedOrigin.Reply(304, "", Fresh))
            )
        );
        await cache.ReadAsync();
        await cache.SettleAsync();
        cache.Clock.Advance(TimeSpan.FromSeconds(200));

        Assert.Equal(body, await cache.ReadAsync());
        await cache.SettleAsync();
        var answer = await cache.AskAsync();

        Assert.Equal(CacheVerdict.Hit, answer.Verdict);
        Assert.Equal(body, await CacheHarness.TextAsync(answer));
        Assert.Equal(2, cache.Origin.Total);
    }

    [Fact]
    public async Task Answer_ALongBodyOnADiskThatFillsUp_ReachesWhoeverReadsIt()
    {
        var body = string.Concat(Enumerable.Range(0, 200_000).Select(i => i.ToString("d6")));
        var files = new FaultyFiles { Room = 400_000 };
        await using var cache = new DiskCacheHarness(Answers(body, Fresh), files: files);

        var answer = await cache.AskAsync();

        Assert.Equal(body, await CacheHarness.TextAsync(answer));
        await cache.SettleAsync();
        Assert.Equal(0, cache.Cache.DiskCount);
        Assert.Equal(0, cache.Cache.Count);
    }

    [Fact]
    public async Task Answer_OnADiskWithAFault_ComesFromMemory()
    {
        var files = new FaultyFiles { Room = 0 };
        await using var cache = new DiskCacheHarness(Answers("a", Fresh), files: files);

        Assert.Equal("a", await cache.ReadAsync());
        Assert.Equal("a", await cache.ReadAsync());
        await cache.SettleAsync();

        Assert.Equal("a", await cache.ReadAsync());
        Assert.Equal(1, cache.Origin.Total);
        Assert.Equal(0, cache.Cache.DiskCount);
    }

    [Fact]
    public async Task Answer_WhatMemoryEvicted_ComesFromDisk()
    {
        await using var cache = new DiskCacheHarness(Answers(new string('x', 3000), Fresh), memoryBytes: 20_000);
        await cache.AskAndReadAsync("/first");
        await cache.AskAndReadAsync("/first");
        await cache.SettleAsync();
        for (var i = 0; i < 50; i++)
        {
            await cache.AskAndReadAsync($"/{i}");
            await cache.AskAndReadAsync($"/{i}");
        }

        await cache.SettleAsync();
        var before = cache.Origin.Total;
        await cache.AskAndReadAsync("/first");

        Assert.Equal(before, cache.Origin.Total);
    }

    private static ScriptedOrigin Answers(string body, params (string, string)[] fields) =>
        new((_, _) => Task.FromResult(ScriptedOrigin.Text(body, fields)));

    private static void Purge(HttpCache cache, string how, bool soft)
    {
        switch (how)
        {
            case "key":
                cache.PurgeKey("/", soft);
                break;
            case "tag":
                cache.PurgeTag("blog", soft);
                break;
            case "prefix":
                cache.PurgePrefix("/", soft);
                break;
            case "all":
                cache.PurgeAll(soft);
                break;
            default:
                cache.Invalidate("/");
                break;
        }
    }
}
