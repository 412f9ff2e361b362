namespace Selvedge.Caching.Purging;

/// <summary>What a purge did to a stored response.</summary>
public enum PurgeKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is stale: it may answer once more while it is refreshed, as far as it may be stale at all.</summary>
    Soft,

    /// <summary>It is gone.</summary>
    Hard,
}
