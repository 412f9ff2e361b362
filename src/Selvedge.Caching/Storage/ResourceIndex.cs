namespace Selvedge.Caching.Storage;

/// <summary>Finds the slots of a resource by its key. Looking takes no lock; changes need the store's.</summary>
/// <remarks>
/// Open addressing with linear probing over nothing but references, because a dictionary's nodes would cost as much as
/// all else the store keeps of a response. A cell holds the newest slot of a resource, and that one leads to the older variants. Split
/// into parts, so that growing moves a few thousand cells and not a million. A reader sees a part as it is or as it was a moment
/// ago: in a slot that has been removed meanwhile it finds no response.
/// </remarks>
internal sealed class ResourceIndex
{
    private const int Parts = 256;

    private readonly Part[] _parts = [.. Enumerable.Range(0, Parts).Select(_ => new Part())];

    /// <summary>The newest slot of a resource.</summary>
    public StoreSlot? Find(string key)
    {
        var hash = StoreSlot.HashOf(key);
        return PartOf(hash).Find(key, hash);
    }

    /// <summary>Makes a slot the newest of its resource.</summary>
    /// <param name="key">The resource.</param>
    /// <param name="slot">The slot.</param>
    public void Add_NeedsLock(string key, StoreSlot slot) => PartOf(slot.Hash).Add(key, slot);

    /// <summary>Takes a slot out.</summary>
    public void Remove_NeedsLock(StoreSlot slot) => PartOf(slot.Hash).Remove(slot);

    /// <summary>All slots that are there at this moment.</summary>
    public IEnumerable<StoreSlot> Snapshot() => _parts.SelectMany(part => part.Snapshot());

    // The highest bits: the lowest choose the cell.
    private Part PartOf(int hash) => _parts[(uint)hash >> 24];

    private sealed class Part
    {
        private const int SmallestSize = 16;

        // Stands where a slot was, so that those behind it are still found.
        private static readonly object Removed = new();

        private volatile object?[] _cells = new object?[SmallestSize];
        private int _resources;
        private int _used;

        public StoreSlot? Find(string key, int hash)
        {
            var cells = _cells;
            var mask = cells.Length - 1;
            for (var i = hash & mask; Volatile.Read(ref cells[i]) is { } content; i = (i + 1) & mask)
            {
                if (content is StoreSlot slot && slot.IsOf(key, hash))
                {
                    return slot;
                }
            }

            return null;
        }

        public void Add(string key, StoreSlot slot)
        {
            var cells = _cells;
            var mask = cells.Length - 1;
            var at = slot.Hash & mask;
            for (; cells[at] is { } content; at = (at + 1) & mask)
            {
                if (content is StoreSlot newest && newest.IsOf(key, slot.Hash))
                {
                    slot.Next = newest;
                    Volatile.Write(ref cells[at], slot);
                    return;
                }
            }

            Volatile.Write(ref cells[at], slot);
            _resources++;
            // Three quarters at most, or a search would become long.
            if (++_used * 4 > cells.Length * 3)
            {
                Rebuild();
            }
        }

        public void Remove(StoreSlot slot)
        {
            var cells = _cells;
            var mask = cells.Length - 1;
            for (var i = slot.Hash & mask; cells[i] is { } content; i = (i + 1) & mask)
            {
                if (ReferenceEquals(content, slot))
                {
                    Volatile.Write(ref cells[i], slot.Next ?? Removed);
                    _resources -= slot.Next is null ? 1 : 0;
                    return;
                }

                if (content is StoreSlot newest && newest.Hash == slot.Hash && Unlink(newest, slot))
                {
                    return;
                }
            }
        }

        public IEnumerable<StoreSlot> Snapshot()
        {
            foreach (var content in _cells)
            {
                for (var slot = content as StoreSlot; slot is not null; slot = slot.Next)
                {
                    yield return slot;
                }
            }
        }

        // A removed slot keeps its own way on: a reader may stand on it.
        private static bool Unlink(StoreSlot newest, StoreSlot slot)
        {
            for (var before = newest; before is not null; before = before.Next)
            {
                if (ReferenceEquals(before.Next, slot))
                {
                    before.Next = slot.Next;
                    return true;
                }
            }

            return false;
        }

        private void Rebuild()
        {
            var size = SmallestSize;
            while (size < _resources * 2)
            {
                size *= 2;
            }

            var cells = new object?[size];
            foreach (var content in _cells)
            {
                if (content is not StoreSlot slot)
                {
                    continue;
                }

                var at = slot.Hash & (size - 1);
                while (cells[at] is not null)
                {
                    at = (at + 1) & (size - 1);
                }

                cells[at] = slot;
            }

            _used = _resources;
            _cells = cells;
        }
    }
}
