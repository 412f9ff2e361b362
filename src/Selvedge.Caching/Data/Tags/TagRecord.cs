namespace Selvedge.Caching.Data.Tags;

/// <summary>One revalidation of one tag, as it is written down.</summary>
/// <param name="Tag">The tag; empty for all that began before the position, whatever its tags.</param>
/// <param name="Position">The revalidation's position.</param>
/// <param name="At">From when on what began before may not be used, in milliseconds since the Unix epoch.</param>
internal readonly record struct TagRecord(string Tag, long Position, long At);
