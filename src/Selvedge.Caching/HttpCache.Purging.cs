namespace Selvedge.Caching;

/// <content>Purging and invalidation. Each holds when it returns.</content>
public sealed partial class HttpCache
{
    /// <summary>Removes every variant of a resource; what is being fetched for it is not stored (RFC 9111 section 4.4).</summary>
    /// <returns>How many responses were removed.</returns>
    public int Invalidate(string key) => Invalidate(key, out _, out _);

    // Says which mark it left and which one was there before: who stores after its own invalidation must have been alone.
    private int Invalidate(string key, out long mark, out long previous)
    {
        // Mark first, then remove: a fetch that stores in between sees the mark afterwards and removes its own.
        (mark, previous) = _purges.InvalidateKey(key);
        var removed = _store.Remove(key);
        if (_disk is not null && _disk.Remove(key))
        {
            // Who was reading it from the disk meanwhile sees this mark, or has put it where it is removed now.
            var first = mark;
            (mark, var between) = _purges.InvalidateKey(key);
            previous = between == first ? previous : between;
            removed = Math.Max(1, removed + _store.Remove(key));
        }

        return removed;
    }

    /// <summary>Purges every variant of a resource.</summary>
    /// <param name="key">The resource.</param>
    /// <param name="soft">Whether it becomes stale instead of going away.</param>
    public void PurgeKey(string key, bool soft)
    {
        if (soft)
        {
            _purges.PurgeKey(key, soft: true);
        }
        else
        {
            Invalidate(key);
        }
    }

    /// <summary>Purges every response that carries a tag.</summary>
    /// <param name="tag">The tag, in the spelling of the response.</param>
    /// <param name="soft">Whether it becomes stale instead of going away.</param>
    public void PurgeTag(string tag, bool soft) => _purges.PurgeTag(tag, soft);

    /// <summary>Purges every resource whose key begins with <paramref name="prefix"/>.</summary>
    public void PurgePrefix(string prefix, bool soft) => _purges.PurgePrefix(prefix, soft);

    /// <summary>Purges everything.</summary>
    public void PurgeAll(bool soft) => _purges.PurgeAll(soft);
}
