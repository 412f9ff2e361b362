using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Data;

/// <summary>Where items are kept: in memory for speed, and on disk to last.</summary>
/// <remarks>
/// What changes an item, or copies it from disk into memory, holds the lock of its key. So both tiers hold the same one, and a copy
/// never brings back what was removed meanwhile. Reading from memory takes no such lock.
/// </remarks>
/// <param name="memory">The items at hand.</param>
/// <param name="disk">All items; <see langword="null"/> if they end with the server.</param>
internal sealed class DataTiers(DataMemory memory, DiskStore? disk) : IDisposable
{
    private const int Stripes = 64;

    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];

    /// <summary>The items at hand.</summary>
    public DataMemory Memory => memory;

    /// <summary>Finds an item.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="epoch">The journal's; an item that names another is as good as gone.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public ValueTask<StoredData?> FindAsync(DataKey key, long epoch, CancellationToken cancellationToken) =>
        memory.Find(key) is { } data ? ValueTask.FromResult<StoredData?>(data)
        : disk is null || !disk.MayHold(key.ToString()) ? ValueTask.FromResult<StoredData?>(null)
        : FindOnDiskAsync(disk, key, epoch, cancellationToken);

    /// <summary>Puts an item in the place of the one that is there.</summary>
    public async ValueTask StoreAsync(DataKey key, StoredData data, long epoch, CancellationToken cancellationToken)
    {
        using var _ = await LockAsync(key, cancellationToken);
        memory.Put(key, data);
        if (disk is null)
        {
            return;
        }

        await using var write = disk.BeginWrite(key.ToString());
        await write.WriteAsync(data.Value);
        if (!await write.CommitAsync(StoredDataCodec.EncodeHead(data, epoch)))
        {
            // What was there before is older than what readers have been told of.
            disk.Remove(key.ToString());
        }
    }

    /// <summary>Removes an item.</summary>
    public async Task RemoveAsync(DataKey key, CancellationToken cancellationToken)
    {
        using var _ = await LockAsync(key, cancellationToken);
        memory.Remove(key);
        disk?.Remove(key.ToString());
    }

    /// <summary>Removes an item that has turned out to be of no use, unless another has taken its place.</summary>
    public async Task DropAsync(DataKey key, StoredData seen, CancellationToken cancellationToken)
    {
        using var _ = await LockAsync(key, cancellationToken);
        if (ReferenceEquals(memory.Find(key), seen))
        {
            memory.Remove(key);
            disk?.Remove(key.ToString());
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        disk?.Dispose();
        foreach (var stripe in _stripes)
        {
            stripe.Dispose();
        }
    }

    private async ValueTask<StoredData?> FindOnDiskAsync(
        DiskStore store,
        DataKey key,
        long epoch,
        CancellationToken cancellationToken
    )
    {
        using var _ = await LockAsync(key, cancellationToken);
        // Somebody may have brought it here while this one waited.
        if (memory.Find(key) is { } brought)
        {
            return brought;
        }

        using var entry = await store.FindAsync(key.ToString(), cancellationToken);
        if (entry is null)
        {
            return null;
        }

        var data = await StoredDataCodec.DecodeAsync(entry, epoch, cancellationToken);
        if (data is null)
        {
            store.Remove(key.ToString());
            return null;
        }

        memory.Put(key, data);
        return data;
    }

    private async ValueTask<Releaser> LockAsync(DataKey key, CancellationToken cancellationToken)
    {
        var stripe = _stripes[(int)((uint)key.GetHashCode() % Stripes)];
        await stripe.WaitAsync(cancellationToken);
        return new Releaser(stripe);
    }

    private readonly struct Releaser(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
