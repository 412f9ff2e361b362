using Selvedge.Caching.Fields;
using Selvedge.Caching.Policy;
using Selvedge.Server.Configuration;

namespace Selvedge.Server.Caching;

/// <summary>The rules for each kind of origin, as the settings want them.</summary>
internal sealed class CachePolicies(EdgeCacheOptions options)
{
    /// <summary>Whether responses of external origins to POST are kept.</summary>
    public bool StoresPost => options.StorePost;

    /// <summary>An external request's fields, as far as they tell responses apart.</summary>
    public IRequestFields Selecting(IRequestFields fields) =>
        options.IgnoreLanguageOrder ? new UnorderedLanguages(fields) : fields;

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
