using Selvedge.Caching.Data.Tags;

namespace Selvedge.Caching.Data;

/// <summary>The part of the data cache that one site's functions share.</summary>
public sealed class DataScope
{
    private readonly string _name;
    private readonly TagVersions _versions;
    private readonly DataTiers _tiers;
    private readonly TimeProvider _clock;
    private readonly DataMetrics _metrics;

    internal DataScope(
        string name,
        TagVersions versions,
        TagJournal? journal,
        DataTiers tiers,
        TimeProvider clock,
        DataMetrics metrics
    )
    {
        _name = name;
        _versions = versions;
        Journal = journal;
        _tiers = tiers;
        _clock = clock;
        _metrics = metrics;
    }

    /// <summary>Where the log of revalidations stands. Whoever begins to make an item now stores it with this.</summary>
    public long Position => _versions.Position;

    internal TagJournal? Journal { get; }

    private long Epoch => Journal?.Epoch ?? 0;

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Looks an item up.</summary>
    /// <param name="key">The key.</param>
    /// <param name="tags">Tags that the reader asks about, beside those that the item carries.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async ValueTask<DataReading> FindAsync(string key, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        // First of all: what is revalidated from here on must count against an item that is made because this finds none.
        var position = Position;
        var id = new DataKey(_name, key);
        var data = await _tiers.FindAsync(id, Epoch, cancellationToken);
        var now = Now;
        var state = StateOf(data, tags, now);
        _metrics.Read(state);
        if (data is null || state is DataState.Expired or DataState.Missing)
        {
            // Tags that only this reader asks about say nothing of the next reader's.
            if (data is not null && StateOf(data, [], now) is not (DataState.Fresh or DataState.Stale))
            {
                await _tiers.DropAsync(id, data, cancellationToken);
            }

            return new DataReading(state, default, TimeSpan.Zero, position);
        }

        return new DataReading(state, data.Value, TimeSpan.FromMilliseconds(Math.Max(0, now - data.StoredAt)), position);
    }

    /// <summary>Stores an item, in the place of the one that is there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="item">The item.</param>
    /// <param name="began">The position at which it began to be made.</param>
    /// <param name="cancellationToken">Gives up before it is stored.</param>
    public async ValueTask<DataWrite> StoreAsync(string key, DataItem item, long began, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var outcome = Check(key, item, ref began);
        if (outcome is DataWrite.Stored)
        {
            var now = Now;
            var goneAt = item.Lifetime is { } lifetime ? Saturated(now, lifetime) : long.MaxValue;
            var data = new StoredData(item.Value, item.Tags, began, now, goneAt);
            await _tiers.StoreAsync(new DataKey(_name, key), data, Epoch, cancellationToken);
        }

        _metrics.Written(outcome);
        return outcome;
    }

    /// <summary>Removes an item, if there is one.</summary>
    public Task RemoveAsync(string key, CancellationToken cancellationToken) =>
        _tiers.RemoveAsync(new DataKey(_name, key), cancellationToken);

    /// <summary>
    /// Revalidates every item that carries one of the tags, and those that are being made of what was there before. It holds at once,
    /// and outlasts a restart when the task completes.
    /// </summary>
    /// <param name="tags">The tags; those that nothing can carry are left out.</param>
    /// <param name="how">What becomes of the items.</param>
    public Task RevalidateAsync(IReadOnlyCollection<string> tags, TagRevalidation how)
    {
        List<string> usable =
        [
            .. tags.Where(tag => tag.Length is > 0 and <= DataLimits.MaxTagLength).Distinct(StringComparer.Ordinal),
        ];
        if (usable.Count == 0)
        {
            return Task.CompletedTask;
        }

        var now = Now;
        var records = _versions.Revalidate(usable, how.KeepsStale ? Saturated(now, how.StaleFor) : TagDeadline.AtOnce, now);
        _metrics.Revalidated(usable.Count);
        return Journal?.AppendAsync(records) ?? Task.CompletedTask;
    }

    // Never is the time that lies beyond what can be told.
    private static long Saturated(long now, TimeSpan after)
    {
        var milliseconds = (long)after.TotalMilliseconds;
        return milliseconds > TagDeadline.Never - now ? TagDeadline.Never : now + Math.Max(0, milliseconds);
    }

    private DataState StateOf(StoredData? data, IReadOnlyList<string> tags, long now)
    {
        if (data is null || data.GoneAt <= now)
        {
            return DataState.Missing;
        }

        var own = _versions.StateOf(data.Tags, data.Began, now);
        var asked = _versions.StateOf(tags, data.Began, now);
        return own > asked ? own : asked;
    }

    private DataWrite Check(string key, DataItem item, ref long began)
    {
        if (!DataLimits.IsKey(key))
        {
            return DataWrite.BadKey;
        }

        if (item.Value.Length > DataLimits.MaxValueBytes)
        {
            return DataWrite.ValueTooLarge;
        }

        if (!DataLimits.AreTags(item.Tags))
        {
            return DataWrite.BadTags;
        }

        // Nothing can have begun later than now.
        began = Math.Min(began, Position);
        return _versions.StateOf(item.Tags, began, Now) is DataState.Expired ? DataWrite.Outdated : DataWrite.Stored;
    }
}
