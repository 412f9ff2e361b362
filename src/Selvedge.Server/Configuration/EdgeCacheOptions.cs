namespace Selvedge.Server.Configuration;

/// <summary>What the cache in front of functions and external origins may keep.</summary>
public sealed record EdgeCacheOptions
{
    /// <summary>What stored responses may take together, in bytes. 256 MiB by default.</summary>
    public long MemoryBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// What may be kept on disk, in bytes, below the data directory in <c>cache/http</c>; a single body at most half of it. 1 GiB by
    /// default; 0 keeps nothing there.
    /// </summary>
    public long DiskBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>
    /// Longer bodies go to disk as they arrive and are served from there, in bytes. 1 MiB by default; at least 128 KiB. Without a
    /// disk it means nothing.
    /// </summary>
    public long LargeBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Whether external responses without explicit lifetime may be kept for a tenth of the time since they were modified
    /// (RFC 9111 section 4.2.2). True by default.
    /// </summary>
    public bool Heuristics { get; init; } = true;

    /// <summary>
    /// Whether a client's <c>Cache-Control</c> counts for external origins (RFC 9111 section 5.2.1). True by default; false keeps a
    /// reload in the browser from reaching the origin.
    /// </summary>
    public bool HonourRequestDirectives { get; init; } = true;

    /// <summary>
    /// Whether external responses that set cookies may be kept and shared if they are explicitly cacheable. The RFC allows it;
    /// false by default.
    /// </summary>
    public bool ShareSetCookie { get; init; }

    /// <summary>
    /// Whether an external response to a POST is kept for later GETs if it names the same URL in <c>Content-Location</c> and its own
    /// lifetime (RFC 9110 section 9.3.3). False by default: an origin that repeats what was posted would be made to say it to others.
    /// </summary>
    public bool StorePost { get; init; }

    /// <summary>
    /// Whether the order of languages in <c>Accept-Language</c> means nothing to external origins, as RFC 9110 section 12.5.4 allows
    /// them; requests that differ in nothing else then share a response. False by default: many origins read it as preference.
    /// </summary>
    public bool IgnoreLanguageOrder { get; init; }
}
