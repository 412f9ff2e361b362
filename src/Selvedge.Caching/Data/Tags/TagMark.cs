using System.Collections.Immutable;

namespace Selvedge.Caching.Data.Tags;

/// <summary>What revalidations have done to one tag. Immutable.</summary>
/// <param name="Position">The position of the last one: what began before is stale at least.</param>
/// <param name="Deadlines">From when on which of it is gone; earlier deadlines belong to lower positions.</param>
internal sealed record TagMark(long Position, ImmutableArray<TagDeadline> Deadlines)
{
    // Each is a soft revalidation whose time has not come. More than a few at once are merged, so that items go earlier than they must.
    private const int MaxDeadlines = 4;

    /// <summary>The mark of a tag that was never revalidated.</summary>
    public static readonly TagMark None = new(0, []);

    /// <summary>What is left of an item that began at a position.</summary>
    public DataState StateOf(long began, long now)
    {
        if (began >= Position)
        {
            return DataState.Fresh;
        }

        foreach (var deadline in Deadlines)
        {
            if (deadline.Position > began && deadline.At <= now)
            {
                return DataState.Expired;
            }
        }

        return DataState.Stale;
    }

    /// <summary>The mark after one more revalidation.</summary>
    /// <param name="position">Its position, higher than any before.</param>
    /// <param name="at">From when on what began before may not be used; <see cref="TagDeadline.Never"/> for never.</param>
    /// <param name="now">The time.</param>
    public TagMark With(long position, long at, long now)
    {
        if (at == TagDeadline.Never)
        {
            return this with { Position = position };
        }

        // An older deadline that comes no sooner has nothing left to say; neither has one that has passed, if this one has passed too.
        List<TagDeadline> kept = [.. Deadlines.Where(deadline => deadline.At < at && !(deadline.At <= now && at <= now))];
        kept.Add(new TagDeadline(position, at));
        while (kept.Count > MaxDeadlines)
        {
            kept[^2] = new TagDeadline(kept[^1].Position, kept[^2].At);
            kept.RemoveAt(kept.Count - 1);
        }

        return new TagMark(position, [.. kept]);
    }
}
