namespace Selvedge.Caching.Storage;

/// <summary>Remembers the keys of what was evicted lately, as hashes: who comes back has earned a better place.</summary>
internal sealed class GhostQueue
{
    private readonly Queue<int> _order = new();
    private readonly HashSet<int> _hashes = [];

    /// <summary>Adds a key and forgets the oldest beyond <paramref name="capacity"/>.</summary>
    public void Add(string key, int capacity) => Add(key.GetHashCode(StringComparison.Ordinal), capacity);

    /// <summary>Adds a key by its hash and forgets the oldest beyond <paramref name="capacity"/>.</summary>
    public void Add(int hash, int capacity)
    {
        if (_hashes.Add(hash))
        {
            _order.Enqueue(hash);
        }

        while (_order.Count > capacity)
        {
            _hashes.Remove(_order.Dequeue());
        }
    }

    /// <summary>Whether a key is among them; it is no longer afterwards.</summary>
    public bool Take(string key) => Take(key.GetHashCode(StringComparison.Ordinal));

    /// <summary>Whether the key with a hash is among them; it is no longer afterwards.</summary>
    public bool Take(int hash) => _hashes.Remove(hash);
}
