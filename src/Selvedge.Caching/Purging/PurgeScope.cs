namespace Selvedge.Caching.Purging;

/// <summary>What a purge concerns.</summary>
public enum PurgeScope : byte
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>What carries a tag.</summary>
    Tag,

    /// <summary>What has a key that begins so.</summary>
    Prefix,

    /// <summary>Nothing: it only notes where the log stood when a deployment was first seen.</summary>
    Deployment,
}
