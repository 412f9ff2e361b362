namespace Selvedge.Caching.Data;

/// <summary>What was found under a key.</summary>
/// <param name="State">Whether it may be used. Nothing else is there unless it is fresh or stale.</param>
/// <param name="Value">The bytes.</param>
/// <param name="Age">How long ago they were stored.</param>
/// <param name="Position">
/// Where the log of revalidations stood when the search began. Whoever makes the item anew stores it with this, for what was
/// revalidated meanwhile is not in it.
/// </param>
public readonly record struct DataReading(DataState State, ReadOnlyMemory<byte> Value, TimeSpan Age, long Position)
{
    /// <summary>Whether there is something to use.</summary>
    public bool IsUsable => State is DataState.Fresh or DataState.Stale;
}
