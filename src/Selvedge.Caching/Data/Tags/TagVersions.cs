using System.Collections.Concurrent;

namespace Selvedge.Caching.Data.Tags;

/// <summary>Knows what was revalidated after an item began to be made.</summary>
/// <remarks>
/// A revalidation advances a position and searches nothing. An item keeps the position at which it <em>began to be made</em>, so one
/// that was under way during the revalidation is caught as surely as one that was stored.
/// </remarks>
/// <param name="maxTags">Beyond this the oldest half is given up; what began before it counts as expired, which is safe.</param>
internal sealed class TagVersions(int maxTags = 100_000)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, TagMark> _marks = new(StringComparer.Ordinal);
    private long _position;
    private long _floor;

    /// <summary>What an item that begins to be made now remembers.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Revalidates tags; it holds when this returns.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="at">From when on items may not be used, in Unix milliseconds; <see cref="TagDeadline.Never"/> for never.</param>
    /// <param name="now">The time, in Unix milliseconds.</param>
    /// <returns>What to write down.</returns>
    public IReadOnlyList<TagRecord> Revalidate(IReadOnlyCollection<string> tags, long at, long now)
    {
        lock (_lock)
        {
            var position = _position + 1;
            var records = tags.Select(tag => new TagRecord(tag, position, at)).ToList();
            foreach (var record in records)
            {
                Apply_NeedsLock(record, now);
            }

            if (_marks.Count > maxTags)
            {
                records.Add(ForgetOldest_NeedsLock());
            }

            // Last, so that whoever reads the new position finds the marks.
            Volatile.Write(ref _position, position);
            return records;
        }
    }

    /// <summary>Takes over what was written down, in the order it was.</summary>
    public void Restore(TagRecord record, long now)
    {
        lock (_lock)
        {
            Apply_NeedsLock(record, now);
            Volatile.Write(ref _position, Math.Max(_position, record.Position));
        }
    }

    /// <summary>The fewest records from which all this can be restored, in order.</summary>
    public IReadOnlyList<TagRecord> Snapshot()
    {
        lock (_lock)
        {
            var records = new List<TagRecord> { new("", _floor, 0) };
            foreach (var (tag, mark) in _marks)
            {
                records.AddRange(mark.Deadlines.Select(deadline => new TagRecord(tag, deadline.Position, deadline.At)));
                if (mark.Deadlines.IsEmpty || mark.Deadlines[^1].Position < mark.Position)
                {
                    records.Add(new TagRecord(tag, mark.Position, TagDeadline.Never));
                }
            }

            return records;
        }
    }

    /// <summary>What is left of an item.</summary>
    /// <param name="tags">Tags that it carries, or that its reader asks about.</param>
    /// <param name="began">The position at which it began to be made.</param>
    /// <param name="now">The time, in Unix milliseconds.</param>
    public DataState StateOf(IReadOnlyList<string> tags, long began, long now)
    {
        // The common case: nothing was revalidated since.
        if (began >= Position)
        {
            return DataState.Fresh;
        }

        if (began < Volatile.Read(ref _floor))
        {
            return DataState.Expired;
        }

        var state = DataState.Fresh;
        for (var i = 0; i < tags.Count && state < DataState.Expired; i++)
        {
            if (_marks.TryGetValue(tags[i], out var mark))
            {
                var ofTag = mark.StateOf(began, now);
                state = ofTag > state ? ofTag : state;
            }
        }

        return state;
    }

    private void Apply_NeedsLock(TagRecord record, long now)
    {
        if (record.Tag.Length == 0)
        {
            Volatile.Write(ref _floor, Math.Max(_floor, record.Position));
        }
        else
        {
            _marks[record.Tag] = _marks.GetValueOrDefault(record.Tag, TagMark.None).With(record.Position, record.At, now);
        }
    }

    private TagRecord ForgetOldest_NeedsLock()
    {
        var oldest = _marks.OrderBy(entry => entry.Value.Position).Take((maxTags / 2) + 1).ToList();
        Volatile.Write(ref _floor, Math.Max(_floor, oldest[^1].Value.Position));
        foreach (var (tag, _) in oldest)
        {
            _marks.TryRemove(tag, out _);
        }

        return new TagRecord("", _floor, 0);
    }
}
