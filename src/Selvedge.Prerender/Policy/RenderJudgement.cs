using Selvedge.Caching.Policy;

namespace Selvedge.Prerender.Policy;

/// <summary>Whether what a function rendered becomes an entry, and how long it lives.</summary>
/// <param name="Reason">Why not; <see cref="NotStored.None"/> if it does.</param>
/// <param name="Expiration">How long it is fresh; <see langword="null"/> means for ever.</param>
/// <param name="StaleExpiration">How long it may answer at all; <see langword="null"/> sets no end.</param>
public readonly record struct RenderJudgement(NotStored Reason, TimeSpan? Expiration, TimeSpan? StaleExpiration);
