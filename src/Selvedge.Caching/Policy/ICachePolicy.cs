using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Policy;

/// <summary>The rules by which the cache treats one kind of origin. Pure: whatever time they need is an argument.</summary>
public interface ICachePolicy
{
    /// <summary>Whether a request may be answered from the cache or fill it.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="fields">Its header fields.</param>
    /// <param name="hasBody">Whether it has a body, as its framing says.</param>
    Bypass Admit(string method, IRequestFields fields, bool hasBody);

    /// <summary>The client's directives, as far as they count for this kind of origin.</summary>
    CacheDirectives RequestDirectives(IRequestFields fields);

    /// <summary>Whether a response is stored, and how long it lives.</summary>
    StoreDecision Judge(RequestFacts request, ResponseFacts response);
}
