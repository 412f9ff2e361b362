using Selvedge.Streams.Engine;
using Selvedge.Streams.Subscriptions;
using Selvedge.Testing;

namespace Selvedge.Streams.Tests;

public sealed class SubscriptionKeysTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private IStreamStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _store = MemoryStreamStore.Create(_clock);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Rotate_Key_SignsAnewAndKeepsTheOldOnePublished()
    {
        using var keys = await SubscriptionKeys.LoadAsync(_store, Ct);
        var before = keys.KeyId;

        Assert.True(await keys.RotateAsync(_clock.GetUtcNow(), Ct));

        Assert.NotEqual(before, keys.KeyId);
        Assert.Contains($"kid={keys.KeyId},", keys.Sign("body"u8, _clock.GetUtcNow()), StringComparison.Ordinal);
        Assert.Equal([before, keys.KeyId], Published(keys));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([keys.KeyId], Published(keys));
    }

    [Fact]
    public async Task Rotate_SeveralTimes_KeepsEachForItsHour()
    {
        using var keys = await SubscriptionKeys.LoadAsync(_store, Ct);
        await keys.RotateAsync(_clock.GetUtcNow(), Ct);
        _clock.Advance(TimeSpan.FromMinutes(50));
        await keys.RotateAsync(_clock.GetUtcNow(), Ct);
        Assert.Equal(3, Published(keys).Count);

        _clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(2, Published(keys).Count);
    }

    [Fact]
    public async Task Load_AfterARotation_KnowsBothKeys()
    {
        using var keys = await SubscriptionKeys.LoadAsync(_store, Ct);
        await keys.RotateAsync(_clock.GetUtcNow(), Ct);

        using var loaded = await SubscriptionKeys.LoadAsync(_store, Ct);

        Assert.Equal(Published(keys), Published(loaded));
        Assert.Equal(keys.KeyId, loaded.KeyId);
    }

    private List<string> Published(SubscriptionKeys keys) => [.. keys.PublishedAt(_clock.GetUtcNow()).Select(key => key.KeyId)];
}
