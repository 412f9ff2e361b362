namespace Selvedge.Server.Configuration;

/// <summary>What is kept of rendered pages.</summary>
public sealed record PrerenderOptions
{
    /// <summary>What rendered pages may take in memory, in bytes: keys, headers and bodies. 256 MiB by default.</summary>
    public long MemoryBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>What rendered pages may take in the data directory, in bytes. 1 GiB by default; 0 keeps them in memory only.</summary>
    public long DiskBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>How many pages, with their data, are rendered anew in the background at once. 64 by default.</summary>
    public int MaxRegenerations { get; init; } = 64;
}
