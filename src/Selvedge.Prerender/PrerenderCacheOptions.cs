namespace Selvedge.Prerender;

/// <summary>What the prerender cache may use.</summary>
public sealed record PrerenderCacheOptions
{
    /// <summary>What entries may take in memory, in bytes. 256 MiB by default.</summary>
    public long MemoryBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// The directory that entries and purges are kept in, and nobody else; <see langword="null"/> keeps them in memory only, for as long as
    /// the server runs.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>What entries may take in the directory, in bytes. 1 GiB by default.</summary>
    public long DiskBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>How many groups are regenerated in the background at once; a stale entry beyond waits for its next request. 64 by default.</summary>
    public int MaxRegenerations { get; init; } = 64;

    /// <summary>How many requests wait for one render; those beyond render for themselves. 100,000 by default.</summary>
    public int MaxFollowers { get; init; } = 100_000;

    /// <summary>What is kept of an answer that is too large to store, while it passes, in bytes. 4 MiB by default.</summary>
    public long WindowBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long a page whose answer cannot be shared is remembered, so that requests for it do not wait. A minute by default.</summary>
    public TimeSpan PassFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many such pages are remembered. 50,000 by default.</summary>
    public int MaxPassMarkers { get; init; } = 50_000;
}
