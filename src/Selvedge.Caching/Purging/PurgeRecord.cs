namespace Selvedge.Caching.Purging;

/// <summary>One purge, as it is written down.</summary>
/// <param name="Scope">What it concerns.</param>
/// <param name="Soft">Whether it makes stale instead of removing.</param>
/// <param name="Name">The tag, the prefix or the revision; empty for everything.</param>
/// <param name="Position">Its position in the log.</param>
public readonly record struct PurgeRecord(PurgeScope Scope, bool Soft, string Name, long Position);
