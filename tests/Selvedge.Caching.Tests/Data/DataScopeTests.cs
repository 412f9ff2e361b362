using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Caching.Data;
using Selvedge.Testing;

namespace Selvedge.Caching.Tests.Data;

public sealed class DataScopeTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TempDirectory _directory = new();
    private readonly ManualClock _clock = new();
    private DataCache _cache = null!;
    private DataScope _scope = null!;

    public ValueTask InitializeAsync()
    {
        Open(memoryBytes: 1024 * 1024);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _cache.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Find_WhatWasStored_IsFreshWithItsAge()
    {
        await StoreAsync("k", "one");
        _clock.Advance(TimeSpan.FromSeconds(3));

        var reading = await FindAsync("k");

        Assert.Equal((DataState.Fresh, "one", TimeSpan.FromSeconds(3)), (reading.State, TextOf(reading), reading.Age));
    }

    [Fact]
    public async Task Find_BeyondItsLifetime_IsMissing()
    {
        await _scope.StoreAsync("k", Item("one") with { Lifetime = TimeSpan.FromSeconds(10) }, began: 0, None);

        _clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(DataState.Fresh, (await FindAsync("k")).State);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(DataState.Missing, (await FindAsync("k")).State);
    }

    [Fact]
    public async Task Find_AfterItsTagExpired_IsGone()
    {
        await StoreAsync("k", "one", "a", "b");

        await _scope.RevalidateAsync(["b"], TagRevalidation.Expire);

        Assert.Equal(DataState.Expired, (await FindAsync("k")).State);
    }

    [Fact]
    public async Task Find_AfterASoftRevalidation_IsStaleUntilItsTime()
    {
        await StoreAsync("k", "one", "a");

        await _scope.RevalidateAsync(["a"], new TagRevalidation(TimeSpan.FromMinutes(1)));

        var reading = await FindAsync("k");
        Assert.Equal((DataState.Stale, "one"), (reading.State, TextOf(reading)));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(DataState.Expired, (await FindAsync("k")).State);
    }

    [Fact]
    public async Task Find_WithATagOfTheReader_JudgesByItAndLeavesTheItemToOthers()
    {
        await StoreAsync("k", "one");
        await _scope.RevalidateAsync(["_N_T_/a"], TagRevalidation.Expire);

        Assert.Equal(DataState.Expired, (await FindAsync("k", "_N_T_/a")).State);
        Assert.Equal(DataState.Fresh, (await FindAsync("k", "_N_T_/b")).State);
    }

    [Fact]
    public async Task Store_BegunBeforeARevalidation_IsNotFresh()
    {
        var position = (await FindAsync("k")).Position;
        await _scope.RevalidateAsync(["a"], TagRevalidation.Expire);

        var outcome = await _scope.StoreAsync("k", Item("old", "a"), position, None);

        Assert.Equal(DataWrite.Outdated, outcome);
        Assert.False((await FindAsync("k")).IsUsable);
    }

    [Fact]
    public async Task Store_BegunBeforeASoftRevalidation_IsStale()
    {
        var position = (await FindAsync("k")).Position;
        await _scope.RevalidateAsync(["a"], TagRevalidation.MarkStale);

        await _scope.StoreAsync("k", Item("old", "a"), position, None);

        Assert.Equal(DataState.Stale, (await FindAsync("k")).State);
    }

    [Fact]
    public async Task Store_BegunAfterARevalidation_IsFresh()
    {
        await _scope.RevalidateAsync(["a"], TagRevalidation.Expire);
        var position = (await FindAsync("k")).Position;

        await _scope.StoreAsync("k", Item("new", "a"), position, None);

        Assert.Equal("new", TextOf(await FindAsync("k")));
    }

    [Fact]
    public async Task Store_FromAPositionThatIsYetToCome_CountsAsBegunNow()
    {
        await _scope.StoreAsync("k", Item("one", "a"), began: long.MaxValue, None);

        await _scope.RevalidateAsync(["a"], TagRevalidation.Expire);

        Assert.False((await FindAsync("k")).IsUsable);
    }

    [Fact]
    public async Task Store_BeyondTheLimits_IsRefused()
    {
        Assert.Equal(DataWrite.BadKey, await _scope.StoreAsync("", Item("x"), 0, None));
        Assert.Equal(DataWrite.BadKey, await _scope.StoreAsync(new string('k', 1025), Item("x"), 0, None));
        Assert.Equal(DataWrite.BadTags, await _scope.StoreAsync("k", Item("x", [.. Enumerable.Repeat("t", 513)]), 0, None));
        Assert.Equal(DataWrite.BadTags, await _scope.StoreAsync("k", Item("x", new string('t', 2049)), 0, None));
        Assert.Equal(
            DataWrite.ValueTooLarge,
            await _scope.StoreAsync("k", new DataItem { Value = new byte[DataLimits.MaxValueBytes + 1] }, 0, None)
        );
        Assert.Equal(
            DataWrite.Stored,
            await _scope.StoreAsync("k", new DataItem { Value = new byte[DataLimits.MaxValueBytes] }, 0, None)
        );
    }

    [Fact]
    public async Task Scope_OfAnotherName_SharesNothing()
    {
        await StoreAsync("k", "mine", "a");
        var other = _cache.Scope("other");

        Assert.False((await other.FindAsync("k", [], None)).IsUsable);
        await other.RevalidateAsync(["a"], TagRevalidation.Expire);
        await other.RemoveAsync("k", None);

        Assert.Equal("mine", TextOf(await FindAsync("k")));
    }

    [Fact]
    public async Task Find_AfterARestart_FindsWhatWasStored()
    {
        await StoreAsync("k", "one", "a");
        var large = new byte[DataLimits.MaxValueBytes];
        new Random(1).NextBytes(large);
        await _scope.StoreAsync("large", new DataItem { Value = large }, began: 0, None);

        await RestartAsync();

        Assert.Equal("one", TextOf(await FindAsync("k")));
        Assert.Equal(large, (await FindAsync("large")).Value.ToArray());
    }

    [Fact]
    public async Task Find_AfterARestart_DoesNotFindWhatWasRevalidatedOrRemoved()
    {
        await StoreAsync("expired", "one", "a");
        await StoreAsync("stale", "one", "b");
        await StoreAsync("removed", "one");
        await _scope.RevalidateAsync(["a"], TagRevalidation.Expire);
        await _scope.RevalidateAsync(["b"], TagRevalidation.MarkStale);
        await _scope.RemoveAsync("removed", None);

        await RestartAsync();

        Assert.False((await FindAsync("expired")).IsUsable);
        Assert.Equal(DataState.Stale, (await FindAsync("stale")).State);
        Assert.False((await FindAsync("removed")).IsUsable);
    }

    [Fact]
    public async Task Find_AfterTheJournalIsLost_FindsNothing()
    {
        await StoreAsync("k", "one");
        await _cache.DisposeAsync();
        foreach (var journal in Directory.GetFiles(_directory.Path, "*.tags"))
        {
            File.Delete(journal);
        }

        Open(memoryBytes: 1024 * 1024);

        Assert.False((await FindAsync("k")).IsUsable);
    }

    [Fact]
    public async Task Find_PushedOutOfMemory_ComesFromDisk()
    {
        await _cache.DisposeAsync();
        Open(memoryBytes: 10_000);
        for (var i = 0; i < 100; i++)
        {
            await StoreAsync($"k{i}", new string((char)('a' + (i % 26)), 1000));
        }

        Assert.InRange(_cache.Bytes, 1, 10_000);
        Assert.Equal(new string('a', 1000), TextOf(await FindAsync("k0")));
        Assert.Equal(new string('v', 1000), TextOf(await FindAsync("k99")));
    }

    [Fact]
    public async Task Find_WhatAnotherStored_IsTheLastOne()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => StoreAsync("k", $"{i}"))));
        var inMemory = TextOf(await FindAsync("k"));

        await RestartAsync();

        Assert.Equal(inMemory, TextOf(await FindAsync("k")));
    }

    private static DataItem Item(string text, params string[] tags) =>
        new() { Value = Encoding.UTF8.GetBytes(text), Tags = tags };

    private static string TextOf(DataReading reading) => Encoding.UTF8.GetString(reading.Value.Span);

    private void Open(long memoryBytes)
    {
        _cache = new DataCache(
            new DataCacheOptions { Directory = _directory.Path, MemoryBytes = memoryBytes },
            _clock,
            new TestMeters(),
            NullLoggerFactory.Instance
        );
        _scope = _cache.Scope("site");
    }

    private async Task RestartAsync()
    {
        await _cache.DisposeAsync();
        Open(memoryBytes: 1024 * 1024);
    }

    private async Task StoreAsync(string key, string text, params string[] tags) =>
        Assert.Equal(DataWrite.Stored, await _scope.StoreAsync(key, Item(text, tags), _scope.Position, None));

    private async Task<DataReading> FindAsync(string key, params string[] tags) => await _scope.FindAsync(key, tags, None);
}
