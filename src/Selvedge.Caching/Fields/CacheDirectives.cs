namespace Selvedge.Caching.Fields;

/// <summary>The cache directives of one request or response (RFC 9111 section 5.2, RFC 5861), durations in seconds.</summary>
public sealed record CacheDirectives
{
    /// <summary>No directive at all.</summary>
    public static CacheDirectives None { get; } = new();

    /// <summary><c>max-age</c>; 0 if its value is not a number of seconds.</summary>
    public long? MaxAge { get; init; }

    /// <summary><c>s-maxage</c>; 0 if its value is not a number of seconds.</summary>
    public long? SharedMaxAge { get; init; }

    /// <summary><c>stale-while-revalidate</c> (RFC 5861 section 3).</summary>
    public long? StaleWhileRevalidate { get; init; }

    /// <summary><c>stale-if-error</c> (RFC 5861 section 4).</summary>
    public long? StaleIfError { get; init; }

    /// <summary><c>max-stale</c> of a request; without value, as long as there is.</summary>
    public long? MaxStale { get; init; }

    /// <summary><c>min-fresh</c> of a request.</summary>
    public long? MinFresh { get; init; }

    /// <summary><c>no-store</c>.</summary>
    public bool NoStore { get; init; }

    /// <summary><c>no-cache</c> without field names.</summary>
    public bool NoCache { get; init; }

    /// <summary><c>private</c> without field names.</summary>
    public bool Private { get; init; }

    /// <summary><c>public</c>.</summary>
    public bool Public { get; init; }

    /// <summary><c>must-revalidate</c>.</summary>
    public bool MustRevalidate { get; init; }

    /// <summary><c>proxy-revalidate</c>.</summary>
    public bool ProxyRevalidate { get; init; }

    /// <summary><c>must-understand</c> (RFC 9111 section 5.2.2.3).</summary>
    public bool MustUnderstand { get; init; }

    /// <summary><c>only-if-cached</c> of a request.</summary>
    public bool OnlyIfCached { get; init; }

    /// <summary>The fields that <c>no-cache="…"</c> and <c>private="…"</c> name: a shared copy goes without them.</summary>
    public IReadOnlyList<string> UnsharedFields { get; init; } = [];
}
