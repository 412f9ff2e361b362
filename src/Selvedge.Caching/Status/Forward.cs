namespace Selvedge.Caching.Status;

/// <summary>Why a request went to the origin: the <c>fwd</c> parameter of <c>Cache-Status</c> (RFC 9211 section 2.2).</summary>
public enum Forward
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The cache was told not to handle it.</summary>
    Bypass,

    /// <summary>Its method is not one that is cached.</summary>
    Method,

    /// <summary>The cache held nothing for its URI.</summary>
    UriMiss,

    /// <summary>The cache held other variants.</summary>
    VaryMiss,

    /// <summary>Its own directives asked for it.</summary>
    Request,

    /// <summary>What the cache held was stale.</summary>
    Stale,

    /// <summary>It asks for a part, and the cache does not hold the whole.</summary>
    Partial,
}
