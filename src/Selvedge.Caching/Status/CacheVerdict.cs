namespace Selvedge.Caching.Status;

/// <summary>Where an answer came from, as <c>X-Vercel-Cache</c> tells it.</summary>
public enum CacheVerdict
{
    /// <summary>An origin was asked.</summary>
    Miss,

    /// <summary>The cache had it, fresh.</summary>
    Hit,

    /// <summary>The cache had it, stale.</summary>
    Stale,

    /// <summary>The cache had it, and the origin confirmed it before it was used.</summary>
    Revalidated,

    /// <summary>The cache had what the build made, and nobody was answered with it yet.</summary>
    Prerender,
}
