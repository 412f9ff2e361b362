namespace Selvedge.Caching.Purging;

/// <summary>A purge as it is kept beyond a restart.</summary>
/// <param name="Scope">What it names.</param>
/// <param name="IsSoft">Whether it makes stale instead of removing.</param>
/// <param name="Position">Its position in the log.</param>
/// <param name="Name">The beginning of the keys, or the tag.</param>
public readonly record struct PurgeRecord(PurgeScope Scope, bool IsSoft, long Position, string Name);
