using Selvedge.Caching.Policy;
using Selvedge.Server.Configuration;

namespace Selvedge.Server.Caching;

/// <summary>The rules for each kind of origin, as the settings want them.</summary>
internal sealed class CachePolicies(EdgeCacheOptions options)
{
    /// <summary>For functions.</summary>
    public HttpPolicy Functions { get; } = new(HttpPolicyOptions.Functions);

    /// <summary>For external origins.</summary>
    public HttpPolicy External { get; } =
        new(
            HttpPolicyOptions.External with
            {
                Heuristics = options.Heuristics,
                HonoursRequestDirectives = options.HonourRequestDirectives,
                SharesSetCookie = options.ShareSetCookie,
            }
        );
}
