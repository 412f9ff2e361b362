namespace Selvedge.Caching.Data;

/// <summary>What a function keeps under one key.</summary>
public sealed record DataItem
{
    /// <summary>The bytes, which the cache does not look into. At most <see cref="DataLimits.MaxValueBytes"/>.</summary>
    public required ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>The tags that revalidate it; their case matters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How long it is kept at most; <see langword="null"/> for as long as there is room.</summary>
    public TimeSpan? Lifetime { get; init; }
}
