using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Storage;

namespace Selvedge.Caching;

/// <summary>Everything a fetch needs of the request that began it, taken before that request can end.</summary>
internal sealed class FetchPlan
{
    public FetchPlan(CacheRequest request, string fetchKey, CacheDirectives directives, StoredResponse? stale)
    {
        Key = request.Key;
        Target = request.Target;
        MarkerKey = $"{request.Key}\n{request.Target}";
        FetchKey = fetchKey;
        Policy = request.Policy;
        Facts = new RequestFacts(request.Fields.Get("authorization") is not null, directives);
        Call = request.Origin.Compose();
        Stale = stale;
        IsMemoryOnly = request.IsMemoryOnly;
    }

    public string Key { get; }

    public string Target { get; }

    public string MarkerKey { get; }

    public string FetchKey { get; }

    public ICachePolicy Policy { get; }

    public RequestFacts Facts { get; }

    public IOriginCall Call { get; }

    /// <summary>Whether the response stays in memory.</summary>
    public bool IsMemoryOnly { get; }

    /// <summary>What the store holds already, to be confirmed or replaced.</summary>
    public StoredResponse? Stale { get; }
}
