namespace Selvedge.Caching.Policy;

/// <summary>Whether a response is stored, and what is stored of it.</summary>
/// <param name="Reason">Why not; <see cref="NotStored.None"/> if it is.</param>
/// <param name="Freshness">How long it lives.</param>
/// <param name="UnsharedFields">Fields that a stored copy goes without.</param>
public sealed record StoreDecision(NotStored Reason, Freshness Freshness, IReadOnlyList<string> UnsharedFields)
{
    /// <summary>A response that is not stored.</summary>
    public static StoreDecision No(NotStored reason) => new(reason, new Freshness(), []);

    /// <summary>Whether the response answers everybody who waits for it now, stored or not.</summary>
    public bool IsForThoseWhoWait { get; init; }

    /// <summary>A response that is not stored, and answers those who wait for it now.</summary>
    public static StoreDecision OnlyThoseWhoWait(NotStored reason) => No(reason) with { IsForThoseWhoWait = true };

    /// <summary>The decision after something else has spoken against storing.</summary>
    internal StoreDecision Not(NotStored reason) => IsForThoseWhoWait ? OnlyThoseWhoWait(reason) : No(reason);
}
