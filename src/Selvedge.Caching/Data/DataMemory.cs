namespace Selvedge.Caching.Data;

/// <summary>The items that are at hand, bounded by bytes: what was used longest ago goes first.</summary>
/// <remarks>
/// Plain LRU under a lock: a reader is a process away, which costs a hundred times what the lock does, and what is pushed out of
/// here is still on disk.
/// </remarks>
/// <param name="budget">The bytes that items may take together.</param>
internal sealed class DataMemory(long budget)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<DataKey, LinkedListNode<(DataKey Key, StoredData Data)>> _index = [];
    private readonly LinkedList<(DataKey Key, StoredData Data)> _order = new();
    private long _bytes;

    /// <summary>What the items take.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _index.Count;
            }
        }
    }

    /// <summary>Finds an item and counts it as used.</summary>
    public StoredData? Find(DataKey key)
    {
        lock (_lock)
        {
            if (!_index.TryGetValue(key, out var node))
            {
                return null;
            }

            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value.Data;
        }
    }

    /// <summary>Puts an item in the place of the one that is there. One that takes more than the budget is not kept.</summary>
    public void Put(DataKey key, StoredData data)
    {
        var size = data.SizeWith(key);
        lock (_lock)
        {
            Remove_NeedsLock(key);
            if (size > budget)
            {
                return;
            }

            _index[key] = _order.AddFirst((key, data));
            _bytes += size;
            while (_bytes > budget)
            {
                Remove_NeedsLock(_order.Last!.Value.Key);
            }
        }
    }

    /// <summary>Removes an item, if there is one.</summary>
    public void Remove(DataKey key)
    {
        lock (_lock)
        {
            Remove_NeedsLock(key);
        }
    }

    private void Remove_NeedsLock(DataKey key)
    {
        if (_index.Remove(key, out var node))
        {
            _order.Remove(node);
            _bytes -= node.Value.Data.SizeWith(key);
        }
    }
}
