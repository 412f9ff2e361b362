namespace Selvedge.Caching.Purging;

/// <summary>When something was purged last, softly and hard, as positions in a <see cref="PurgeLog"/>.</summary>
internal readonly record struct PurgeMarks(long Soft, long Hard)
{
    /// <summary>What these marks mean for a response whose fetch began at a position.</summary>
    public PurgeKind StateOf(long beganAt) =>
        Hard > beganAt ? PurgeKind.Hard
        : Soft > beganAt ? PurgeKind.Soft
        : PurgeKind.None;

    /// <summary>The marks after another purge.</summary>
    public PurgeMarks With(long position, bool soft) => soft ? this with { Soft = position } : this with { Hard = position };
}
