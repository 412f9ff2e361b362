namespace Selvedge.Caching.Data;

/// <summary>What the data cache may keep, and where.</summary>
public sealed record DataCacheOptions
{
    /// <summary>What items may take in memory together, in bytes. 64 MiB by default; 0 keeps nothing in memory.</summary>
    public long MemoryBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The directory that the data cache keeps its files in, and nobody else; <see langword="null"/> keeps it in memory only.</summary>
    public string? Directory { get; init; }

    /// <summary>What its files may take together, in bytes. 512 MiB by default.</summary>
    public long DiskBytes { get; init; } = 512L * 1024 * 1024;
}
