using Selvedge.Caching.Purging;

namespace Selvedge.Prerender.Policy;

/// <summary>What the policy wants to know of an entry.</summary>
/// <param name="Age">How long ago it was rendered.</param>
/// <param name="Expiration">How long it is fresh; <see langword="null"/> means for ever.</param>
/// <param name="StaleExpiration">How long it may answer at all; <see langword="null"/> sets no end.</param>
/// <param name="Purged">What purges have done to it since its render began.</param>
/// <param name="IsShell">Whether it is not this page but the build's stand-in for pages that are not there yet.</param>
/// <param name="IsHeld">Whether a render has failed a moment ago, so that the next one waits.</param>
public readonly record struct EntryFacts(
    TimeSpan Age,
    TimeSpan? Expiration,
    TimeSpan? StaleExpiration = null,
    PurgeKind Purged = PurgeKind.None,
    bool IsShell = false,
    bool IsHeld = false
);
