namespace Selvedge.Caching.Data;

/// <summary>Where items are kept: in memory for speed, and on disk to last.</summary>
/// <param name="memory">The items at hand.</param>
internal sealed class DataTiers(DataMemory memory)
{
    /// <summary>The items at hand.</summary>
    public DataMemory Memory => memory;

    /// <summary>Finds an item.</summary>
    public ValueTask<StoredData?> FindAsync(DataKey key, long epoch, CancellationToken cancellationToken) =>
        ValueTask.FromResult(memory.Find(key));

    /// <summary>Puts an item in the place of the one that is there.</summary>
    public ValueTask StoreAsync(DataKey key, StoredData data, long epoch, CancellationToken cancellationToken)
    {
        memory.Put(key, data);
        return ValueTask.CompletedTask;
    }

    /// <summary>Removes an item.</summary>
    public Task RemoveAsync(DataKey key, CancellationToken cancellationToken)
    {
        memory.Remove(key);
        return Task.CompletedTask;
    }
}
