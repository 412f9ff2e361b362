using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Policy;

namespace Selvedge.Caching;

/// <summary>A request as the cache sees it.</summary>
public sealed class CacheRequest
{
    /// <summary>
    /// The resource: site, revision, scheme, authority, path and query, exactly as the client wrote path and query. An
    /// unsafe request invalidates by it.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>What routing chose to answer: requests of one resource that are routed differently never share an answer.</summary>
    public required string Target { get; init; }

    /// <summary>The method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The header fields.</summary>
    public required IRequestFields Fields { get; init; }

    /// <summary>The rules.</summary>
    public required ICachePolicy Policy { get; init; }

    /// <summary>Where answers come from.</summary>
    public required IOrigin Origin { get; init; }

    /// <summary>
    /// Tells whether a <c>Content-Location</c> names the resource of this request itself. Where it is given, the response to a POST
    /// that says so is kept for later GETs (RFC 9110 section 9.3.3).
    /// </summary>
    public Func<string, bool>? NamesItself { get; init; }

    /// <summary>Whether it has a body.</summary>
    public bool HasBody { get; init; }

    /// <summary>
    /// How far the resource had got when the request came, in the origin's own count; 0 where it has none. What is not stored answers
    /// only requests that had seen no more than it holds (<see cref="OriginReply.Version"/>): nobody misses a change that was
    /// acknowledged before he asked.
    /// </summary>
    public long SeenVersion { get; init; }

    /// <summary>Whether the client wants an answer of its own: nothing stored, nobody else's fetch. It is stored all the same.</summary>
    public bool IsReload { get; init; }

    /// <summary>
    /// Whether its response stays in memory. Right where a key means something else after a restart, or where the origin is as near as a
    /// disk would be.
    /// </summary>
    public bool IsMemoryOnly { get; init; }

    /// <summary>
    /// How long to wait for another one's fetch; <see langword="null"/> for <see cref="CacheOptions.Patience"/>, which is right unless
    /// the origin bounds its own time.
    /// </summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Whether it must pass the cache by, whatever the policy says.</summary>
    public bool IsUncached { get; init; }

    /// <summary>
    /// Whether it may wait for the fetch that another request leads; true by default. A request that may itself be a part of that fetch
    /// may not: each would wait for the other.
    /// </summary>
    public bool MayWait { get; init; } = true;
}
