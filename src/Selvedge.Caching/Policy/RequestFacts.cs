using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Policy;

/// <summary>What of a request decides about storing its response.</summary>
/// <param name="HasAuthorization">It carried credentials.</param>
/// <param name="Directives">Its own cache directives, as far as they count.</param>
public sealed record RequestFacts(bool HasAuthorization, CacheDirectives Directives)
{
    /// <summary>Whether only a lifetime that the origin names will do, as for a POST (RFC 9110 section 9.3.3).</summary>
    public bool NeedsExplicitLifetime { get; init; }
}
