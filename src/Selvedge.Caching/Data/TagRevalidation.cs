namespace Selvedge.Caching.Data;

/// <summary>What a revalidation does to the items that carry a tag.</summary>
/// <param name="StaleFor">
/// How long they may still be used as stale while their successors are made. Zero, the default, makes them gone at once;
/// <see cref="TimeSpan.MaxValue"/> keeps them for as long as there is room.
/// </param>
public readonly record struct TagRevalidation(TimeSpan StaleFor)
{
    /// <summary>They are gone: the next reader waits for their successor.</summary>
    public static TagRevalidation Expire => default;

    /// <summary>They are stale, and stay so.</summary>
    public static TagRevalidation MarkStale => new(TimeSpan.MaxValue);

    /// <summary>Whether they may be used for some time yet.</summary>
    public bool KeepsStale => StaleFor > TimeSpan.Zero;
}
