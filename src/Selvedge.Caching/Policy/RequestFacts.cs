using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Policy;

/// <summary>What of a request decides about storing its response.</summary>
/// <param name="HasAuthorization">It carried credentials.</param>
/// <param name="Directives">Its own cache directives, as far as they count.</param>
public sealed record RequestFacts(bool HasAuthorization, CacheDirectives Directives);
