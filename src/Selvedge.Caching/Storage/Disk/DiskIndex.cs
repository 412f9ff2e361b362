using System.Diagnostics;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>Knows which entries there are and which must go, without knowing what is in them. Thread-safe.</summary>
/// <remarks>
/// Eviction is S3-FIFO (Yang et al., SOSP 2023), as in memory: what is new passes through a small queue, and only what is asked for
/// again comes into the main one, so that a scan pushes out nothing that is used.
/// </remarks>
internal sealed class DiskIndex(long budget)
{
    private const int SmallShare = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<EntryId, DiskSlot> _slots = [];
    private readonly Queue<DiskSlot> _small = new();
    private readonly Queue<DiskSlot> _main = new();
    private readonly GhostQueue _ghosts = new();
    private long _smallBytes;
    private long _mainBytes;
    private long _writing;

    /// <summary>The largest entry that is taken.</summary>
    public long LargestEntry => budget / 2;

    /// <summary>What the entries take on disk, in bytes.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _smallBytes + _mainBytes;
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _slots.Count;
        }
    }

    /// <summary>The entries there are.</summary>
    public List<DiskSlot> Snapshot()
    {
        lock (_lock)
            return [.. _slots.Values];
    }

    public bool Contains(EntryId id)
    {
        lock (_lock)
            return _slots.ContainsKey(id);
    }

    /// <summary>An entry's slot.</summary>
    /// <param name="id">The entry.</param>
    /// <param name="touch">Whether it was asked for.</param>
    public DiskSlot? Find(EntryId id, bool touch)
    {
        lock (_lock)
        {
            if (!_slots.TryGetValue(id, out var slot))
            {
                return null;
            }

            if (touch)
            {
                slot.Touch();
            }

            return slot;
        }
    }

    /// <summary>Takes up an entry that was found when the store was opened.</summary>
    public void Load(DiskSlot slot)
    {
        lock (_lock)
        {
            _slots[slot.Id] = slot;
            // It was worth keeping before; how often it was used since is not known.
            Enqueue_NeedsLock(slot, toMain: true);
        }
    }

    /// <summary>Puts an entry in place of the one it succeeds.</summary>
    /// <returns>The one it succeeds.</returns>
    public DiskSlot? Put(DiskSlot slot)
    {
        lock (_lock)
        {
            var before = Remove_NeedsLock(slot.Id);
            _slots[slot.Id] = slot;
            Enqueue_NeedsLock(slot, toMain: before is { InMain: true } || _ghosts.Take(slot.Id.GetHashCode()));
            return before;
        }
    }

    /// <summary>Removes whatever entry has this id.</summary>
    public DiskSlot? Remove(EntryId id)
    {
        lock (_lock)
            return Remove_NeedsLock(id);
    }

    /// <summary>Removes an entry, unless another one has its place by now.</summary>
    public bool Remove(DiskSlot slot)
    {
        lock (_lock)
            return !slot.IsGone && ReferenceEquals(Remove_NeedsLock(slot.Id), slot);
    }

    /// <summary>Counts what is being written, so that many writes at once cannot fill the disk.</summary>
    /// <returns><see langword="false"/> if there is no room.</returns>
    public bool TryReserve(long bytes)
    {
        lock (_lock)
        {
            if (_writing + bytes > LargestEntry)
            {
                return false;
            }

            _writing += bytes;
            return true;
        }
    }

    public void Release(long bytes)
    {
        lock (_lock)
            _writing -= bytes;
    }

    /// <summary>Takes out what must go for the rest to fit.</summary>
    /// <returns>The entries whose files are to be deleted; <see langword="null"/> if all fits.</returns>
    public List<DiskSlot>? Evict()
    {
        List<DiskSlot>? victims = null;
        lock (_lock)
        {
            while (_smallBytes + _mainBytes + _writing > budget)
            {
                var fromSmall = _smallBytes > budget / SmallShare || _mainBytes == 0;
                if (!(fromSmall ? _small : _main).TryDequeue(out var slot))
                {
                    Debug.Assert(_slots.Count == 0, "Bytes without slots.");
                    break;
                }

                if (slot.IsGone)
                {
                    continue;
                }

                if (slot.TakeUse())
                {
                    // Asked for since it was queued: one more round, in the main queue.
                    (slot.InMain ? ref _mainBytes : ref _smallBytes) -= slot.Bytes;
                    Enqueue_NeedsLock(slot, toMain: true);
                    continue;
                }

                if (fromSmall)
                {
                    _ghosts.Add(slot.Id.GetHashCode(), Math.Max(1024, _slots.Count));
                }

                Remove_NeedsLock(slot.Id);
                (victims ??= []).Add(slot);
            }

            Compact_NeedsLock(_small);
            Compact_NeedsLock(_main);
        }

        return victims;
    }

    private void Enqueue_NeedsLock(DiskSlot slot, bool toMain)
    {
        slot.InMain = toMain;
        (toMain ? _main : _small).Enqueue(slot);
        (toMain ? ref _mainBytes : ref _smallBytes) += slot.Bytes;
    }

    private DiskSlot? Remove_NeedsLock(EntryId id)
    {
        if (!_slots.Remove(id, out var slot))
        {
            return null;
        }

        slot.IsGone = true;
        (slot.InMain ? ref _mainBytes : ref _smallBytes) -= slot.Bytes;
        return slot;
    }

    // Replaced entries leave empty slots behind; they must not pile up where nothing is ever evicted.
    private void Compact_NeedsLock(Queue<DiskSlot> queue)
    {
        if (queue.Count <= 1024 || queue.Count <= 2 * _slots.Count)
        {
            return;
        }

        for (var left = queue.Count; left > 0; left--)
        {
            if (queue.Dequeue() is { IsGone: false } slot)
            {
                queue.Enqueue(slot);
            }
        }
    }
}
