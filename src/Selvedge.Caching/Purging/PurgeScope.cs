namespace Selvedge.Caching.Purging;

/// <summary>What a purge names.</summary>
public enum PurgeScope : byte
{
    /// <summary>Everything.</summary>
    All = 1,

    /// <summary>The keys with a beginning.</summary>
    Prefix = 2,

    /// <summary>The responses with a tag.</summary>
    Tag = 3,

    /// <summary>Nothing: it keeps where the log stood when a deployment came.</summary>
    Deployment = 4,
}
