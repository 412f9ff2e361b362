namespace Selvedge.Caching.Policy;

/// <summary>Why a response is not stored.</summary>
public enum NotStored
{
    /// <summary>It may be stored.</summary>
    None,

    /// <summary>Its status is none that stands for a whole answer to everybody.</summary>
    Status,

    /// <summary><c>no-store</c>.</summary>
    NoStore,

    /// <summary><c>private</c>.</summary>
    Private,

    /// <summary><c>no-cache</c>, for an origin whose answers are not kept for validation.</summary>
    NoCache,

    /// <summary>It sets cookies.</summary>
    SetCookie,

    /// <summary>It varies by everything, or by who asks.</summary>
    Vary,

    /// <summary>The request carried credentials, and the response does not say that it is for all.</summary>
    Authorization,

    /// <summary>Nothing says how long it may live, and it has no validator.</summary>
    NoFreshness,

    /// <summary>It is larger than the cache takes.</summary>
    TooLarge,

    /// <summary>It is one half of a page whose other half was left out.</summary>
    Postponed,

    /// <summary>It ends at the tail of a stream, which the next append moves.</summary>
    Tail,

    /// <summary>It was purged or invalidated while it was being fetched.</summary>
    Purged,
}
