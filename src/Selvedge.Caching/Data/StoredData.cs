namespace Selvedge.Caching.Data;

/// <summary>An item as the cache keeps it. Immutable.</summary>
/// <param name="Value">The bytes.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Began">The position at which it began to be made.</param>
/// <param name="StoredAt">When it was stored, in Unix milliseconds.</param>
/// <param name="GoneAt">When its lifetime is over, in Unix milliseconds; <see cref="long.MaxValue"/> for never.</param>
internal sealed record StoredData(ReadOnlyMemory<byte> Value, IReadOnlyList<string> Tags, long Began, long StoredAt, long GoneAt)
{
    /// <summary>Objects, references and the table's entry.</summary>
    private const int Overhead = 256;

    /// <summary>What it takes in memory, in bytes, with its key.</summary>
    public long SizeWith(DataKey key) => Overhead + Value.Length + (2L * (key.Key.Length + Tags.Sum(tag => tag.Length + 12)));
}
