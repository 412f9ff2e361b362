namespace Selvedge.Prerender;

/// <summary>What the next visitor makes of an entry.</summary>
public enum PrerenderState
{
    /// <summary>It answers.</summary>
    Fresh,

    /// <summary>It answers, and is rendered anew in the background.</summary>
    Stale,

    /// <summary>It is too old or was purged: the visitor waits for its successor.</summary>
    Expired,
}
