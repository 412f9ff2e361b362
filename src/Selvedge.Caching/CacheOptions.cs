namespace Selvedge.Caching;

/// <summary>What a cache may use.</summary>
public sealed record CacheOptions
{
    /// <summary>What stored responses may take together, in bytes: keys, headers, bodies and the entries. 256 MiB by default.</summary>
    public long MemoryBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// Bodies longer than this, in bytes, go to disk as they arrive and are served from there, if there is a disk tier. 1 MiB by
    /// default; at least 128 KiB.
    /// </summary>
    public long LargeBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>How long a resource that cannot be shared is remembered, so that requests for it do not wait. A minute by default.</summary>
    public TimeSpan PassFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many such resources are remembered; twice as many at times. 50,000 by default.</summary>
    public int MaxPassMarkers { get; init; } = 50_000;

    /// <summary>How many requests wait for one fetch; those beyond ask the origin themselves. 100,000 by default.</summary>
    public int MaxFollowers { get; init; } = 100_000;

    /// <summary>
    /// How long a request waits for another one's fetch while nothing is known about the resource; then it asks the origin itself.
    /// A long poll must not wait for its neighbour's. 10 seconds by default.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many responses are refreshed in the background at once. 256 by default.</summary>
    public int MaxRefreshes { get; init; } = 256;

    /// <summary>How long after a failed refresh the next one waits. 2 seconds by default.</summary>
    public TimeSpan RefreshPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What is kept of a body that is too large to store, while it passes, in bytes. 4 MiB by default.</summary>
    public long WindowBytes { get; init; } = 4 * 1024 * 1024;
}
