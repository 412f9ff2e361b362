using System.Diagnostics;
using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Storage;

/// <summary>Responses in memory, bounded by bytes, that a scan of things asked for once cannot flush.</summary>
/// <remarks>
/// Eviction is S3-FIFO (Yang et al., SOSP 2023): what is new passes through a small queue and enters the main queue only if it
/// was asked for again, or if it was evicted a short while ago. A hit only raises a counter, so reading takes no lock.
/// </remarks>
public sealed class MemoryStore(long budget)
{
    // More variants than this of one resource are somebody's attack or an origin's mistake.
    private const int MaxVariants = 64;
    private const int SmallShare = 10;

    private readonly ResourceIndex _resources = new();
    private readonly Lock _lock = new();
    private readonly Queue<StoreSlot> _small = new();
    private readonly Queue<StoreSlot> _main = new();
    private readonly GhostQueue _ghosts = new();
    private long _smallBytes;
    private long _mainBytes;
    private int _count;

    /// <summary>What is held, in bytes: keys, headers, bodies and the entries themselves.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _smallBytes + _mainBytes;
        }
    }

    /// <summary>How many responses are held.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>The largest body that can be kept.</summary>
    public long LargestBody => budget / 4;

    /// <summary>The newest stored response that answers a request.</summary>
    /// <param name="key">The resource.</param>
    /// <param name="target">What routing chose.</param>
    /// <param name="request">The request's fields.</param>
    /// <param name="known">Whether the resource is known at all, if only in other variants.</param>
    public StoredResponse? Find(string key, string target, IRequestFields request, out StoredResponse? known)
    {
        known = null;
        for (var slot = _resources.Find(key); slot is not null; slot = slot.Next)
        {
            if (slot.Response is not { } response || !response.IsFor(target))
            {
                continue;
            }

            known ??= response;
            if (response.Variance.Matches(request))
            {
                slot.Touch();
                return response;
            }
        }

        return null;
    }

    /// <summary>What is held at this moment, for those who want to see it. Looking does not make anything more popular.</summary>
    public IEnumerable<KeyValuePair<string, StoredResponse>> Snapshot()
    {
        foreach (var slot in _resources.Snapshot())
        {
            if (slot.Response is { } response)
            {
                yield return new(slot.Key, response);
            }
        }
    }

    /// <summary>Stores a response in place of the one it succeeds.</summary>
    /// <returns>Whether it has earned a better place than a new one: it was evicted a short while ago, or is in use.</returns>
    public bool Put(string key, StoredResponse response)
    {
        var slot = new StoreSlot(key, response);
        lock (_lock)
        {
            MakeWay_NeedsLock(key, slot, response);
            _resources.Add_NeedsLock(key, slot);
            var isKnown = slot.Uses > 0 || _ghosts.Take(slot.Hash);
            Enqueue_NeedsLock(slot, toMain: isKnown);
            _count++;
            Evict_NeedsLock();
            return isKnown;
        }
    }

    /// <summary>Counts what has arrived of a body since its response was stored.</summary>
    public void Resize(string key, StoredResponse response)
    {
        lock (_lock)
        {
            if (SlotOf(key, response) is { } slot)
            {
                var growth = slot.Measure();
                (slot.InMain ? ref _mainBytes : ref _smallBytes) += growth;
                Evict_NeedsLock();
            }
        }
    }

    /// <summary>Removes one response, if it is still there.</summary>
    public void Remove(string key, StoredResponse response)
    {
        lock (_lock)
        {
            if (SlotOf(key, response) is { } slot)
            {
                Remove_NeedsLock(slot);
            }
        }
    }

    /// <summary>Removes every variant of a resource.</summary>
    /// <returns>How many there were.</returns>
    public int Remove(string key)
    {
        lock (_lock)
        {
            var count = 0;
            for (var slot = _resources.Find(key); slot is not null; slot = slot.Next)
            {
                Remove_NeedsLock(slot);
                count++;
            }

            return count;
        }
    }

    private StoreSlot? SlotOf(string key, StoredResponse response)
    {
        var slot = _resources.Find(key);
        while (slot is not null && !ReferenceEquals(slot.Response, response))
        {
            slot = slot.Next;
        }

        return slot;
    }

    // Removes what a new response succeeds, or the oldest variant if there are too many.
    private void MakeWay_NeedsLock(string key, StoreSlot slot, StoredResponse response)
    {
        StoreSlot? oldest = null;
        var count = 0;
        for (var other = _resources.Find(key); other is not null; other = other.Next)
        {
            if (other.Succeeds(response))
            {
                slot.Inherit(other);
                Remove_NeedsLock(other);
                return;
            }

            oldest = other;
            count++;
        }

        if (count == MaxVariants)
        {
            Remove_NeedsLock(oldest!);
        }
    }

    private void Enqueue_NeedsLock(StoreSlot slot, bool toMain)
    {
        slot.InMain = toMain;
        (toMain ? _main : _small).Enqueue(slot);
        (toMain ? ref _mainBytes : ref _smallBytes) += slot.Bytes;
    }

    private void Remove_NeedsLock(StoreSlot slot)
    {
        if (slot.Response is null)
        {
            return;
        }

        // It stays in its queue, empty, until its turn comes.
        (slot.InMain ? ref _mainBytes : ref _smallBytes) -= slot.Bytes;
        slot.Clear();
        _count--;
        _resources.Remove_NeedsLock(slot);
    }

    private void Evict_NeedsLock()
    {
        while (_smallBytes + _mainBytes > budget)
        {
            var fromSmall = _smallBytes > budget / SmallShare || _mainBytes == 0;
            var queue = fromSmall ? _small : _main;
            if (!queue.TryDequeue(out var slot))
            {
                Debug.Assert(!fromSmall || _main.Count > 0, "Bytes without slots.");
                return;
            }

            if (slot.Response is null)
            {
                continue;
            }

            if (slot.TakeUse())
            {
                // Asked for since it was queued: one more round, in the main queue. It may have been prepared for sending meanwhile.
                (slot.InMain ? ref _mainBytes : ref _smallBytes) -= slot.Bytes;
                slot.Measure();
                Enqueue_NeedsLock(slot, toMain: true);
                continue;
            }

            if (fromSmall)
            {
                _ghosts.Add(slot.Hash, Math.Max(1024, _count));
            }

            Remove_NeedsLock(slot);
        }

        Compact_NeedsLock(_small);
        Compact_NeedsLock(_main);
    }

    // Replaced responses leave empty slots behind; they must not pile up where nothing is ever evicted.
    private void Compact_NeedsLock(Queue<StoreSlot> queue)
    {
        if (queue.Count <= 1024 || queue.Count <= 2 * _count)
        {
            return;
        }

        for (var left = queue.Count; left > 0; left--)
        {
            var slot = queue.Dequeue();
            if (slot.Response is not null)
            {
                queue.Enqueue(slot);
            }
        }
    }
}
