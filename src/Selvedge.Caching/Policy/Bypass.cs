namespace Selvedge.Caching.Policy;

/// <summary>Why a request passes the cache by.</summary>
public enum Bypass
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Its method is neither GET nor HEAD.</summary>
    Method,

    /// <summary>It carries a body, which no key holds.</summary>
    Body,

    /// <summary>It carries credentials, and this origin's answers to those are never shared.</summary>
    Authorization,

    /// <summary>It asks for <c>no-store</c>.</summary>
    NoStore,

    /// <summary>It wants to leave HTTP behind (<c>Upgrade</c>).</summary>
    Upgrade,

    /// <summary>It carries a condition that only its origin may judge.</summary>
    Condition,

    /// <summary>A route says that this origin's answers are not to be cached.</summary>
    Route,
}
