using Selvedge.Caching.Status;

namespace Selvedge.Server.Answers;

/// <summary>The spelling of <see cref="CacheVerdict"/> on the wire.</summary>
internal static class CacheVerdicts
{
    /// <summary>The header that carries a verdict.</summary>
    public const string HeaderName = "x-vercel-cache";

    /// <summary>The verdict as <c>X-Vercel-Cache</c> spells it.</summary>
    public static string ToHeader(this CacheVerdict verdict) =>
        verdict switch
        {
            CacheVerdict.Hit => "HIT",
            CacheVerdict.Stale => "STALE",
            CacheVerdict.Revalidated => "REVALIDATED",
            CacheVerdict.Prerender => "PRERENDER",
            _ => "MISS",
        };
}
