namespace Selvedge.Server.Configuration;

/// <summary>What one request may cost, and how long a shutdown may take.</summary>
public sealed record LimitOptions
{
    /// <summary>The longest request body, in bytes; a longer one gets a 413. 100 MiB by default; 0 sets no limit.</summary>
    public long MaxRequestBodyBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>All request headers together, in bytes; more gets a 431. 64 KiB by default, as functions are given.</summary>
    public int MaxRequestHeaderBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// Requests that one HTTP/2 connection may have under way at once (SETTINGS_MAX_CONCURRENT_STREAMS, RFC 9113 section 5.1.2). 100 by
    /// default, the least that the section recommends.
    /// </summary>
    public int MaxStreamsPerConnection { get; init; } = 100;

    /// <summary>How long a shutdown waits for requests under way. 30 seconds by default.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Static files up to this many bytes are kept in memory. 64 KiB by default; 0 keeps none.</summary>
    public int SmallFileBytes { get; init; } = 64 * 1024;

    /// <summary>What the kept static files may take together, in bytes. 64 MiB by default.</summary>
    public long SmallFileBudgetBytes { get; init; } = 64 * 1024 * 1024;
}
