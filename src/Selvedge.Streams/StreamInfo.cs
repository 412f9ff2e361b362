namespace Selvedge.Streams;

/// <summary>A stream as it was at one moment.</summary>
public sealed record StreamInfo
{
    /// <summary>Which incarnation this is. Never used again, by any name.</summary>
    public required ulong Id { get; init; }

    /// <summary>The name it was made under.</summary>
    public required string Name { get; init; }

    /// <summary>What it was made with.</summary>
    public required StreamConfig Config { get; init; }

    /// <summary>The position behind the last byte.</summary>
    public required long Tail { get; init; }

    /// <summary>Nothing more will be added.</summary>
    public required bool IsClosed { get; init; }
}
