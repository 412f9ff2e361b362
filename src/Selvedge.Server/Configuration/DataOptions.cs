namespace Selvedge.Server.Configuration;

/// <summary>What the data cache of functions may keep.</summary>
public sealed record DataOptions
{
    /// <summary>What items may take in memory together, in bytes. 64 MiB by default; 0 keeps them on disk only.</summary>
    public long MemoryBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// What items may take below <see cref="SelvedgeOptions.DataDirectory"/> together, in bytes. 512 MiB by default; 0 keeps them in
    /// memory only, and they end with the server.
    /// </summary>
    public long DiskBytes { get; init; } = 512L * 1024 * 1024;
}
