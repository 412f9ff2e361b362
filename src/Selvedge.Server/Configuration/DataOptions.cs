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

    /// <summary>
    /// Whether a function that renders a page anew is told which of its tags were revalidated (<c>x-next-revalidated-tags</c>). False by
    /// default: the data cache knows, and a page takes from it what another one has fetched since. True is for apps that keep data in
    /// caches of their own, and makes every page fetch for itself.
    /// </summary>
    public bool TellRevalidatedTags { get; init; }
}
