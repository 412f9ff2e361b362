namespace Selvedge.Caching.Data.Tags;

/// <summary>Says that what began before a position may not be used from a time on.</summary>
/// <param name="Position">The position of the revalidation.</param>
/// <param name="At">Milliseconds since the Unix epoch.</param>
internal readonly record struct TagDeadline(long Position, long At)
{
    /// <summary>The time that never comes.</summary>
    public const long Never = long.MaxValue;

    /// <summary>A time that has come, whichever way the machine's clock is set.</summary>
    public const long AtOnce = 0;
}
