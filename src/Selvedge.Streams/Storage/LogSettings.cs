namespace Selvedge.Streams.Storage;

/// <summary>The sizes the log engine works with.</summary>
public sealed record LogSettings
{
    /// <summary>The length of one write-ahead file. Small appends stay in memory until theirs is settled. 64 MiB by default.</summary>
    public int WalBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How much may wait to be written before appends are refused. 64 MiB by default.</summary>
    public int MaxPendingBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many full write-ahead files may wait to be settled before appends are refused. 3 by default.</summary>
    public int MaxUnsettled { get; init; } = 3;

    /// <summary>How many segments of a size become one. For tests, which have little time.</summary>
    internal int MergeFan { get; init; } = 8;

    /// <summary>The most bytes of one record's content, which is what one append may carry: a quarter of a write-ahead file.</summary>
    internal int MaxContent => WalBytes / 4;

    /// <summary>The longest group of records that is written at once.</summary>
    internal int MaxGroupBytes => Math.Min(4 * 1024 * 1024, WalBytes / 4);
}
