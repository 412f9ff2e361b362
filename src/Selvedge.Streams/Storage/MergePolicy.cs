namespace Selvedge.Streams.Storage;

/// <summary>Decides which segments become one, so that neither restarts nor deletions leave a file each for ever. Pure.</summary>
/// <remarks>
/// Segments of which little is wanted fall into classes, each <c>fan</c> times as large as the one below. That many of a class become one of the next,
/// so a byte is moved once a class at most, and fewer files than that of each class remain. What fills half a write-ahead file stays.
/// </remarks>
internal static class MergePolicy
{
    /// <summary>The numbers of segments to merge; empty when there is nothing to gain.</summary>
    /// <param name="segments">The segments, each with the bytes in it that are wanted.</param>
    /// <param name="walBytes">The length of a write-ahead file, which is what a segment holds at first.</param>
    /// <param name="fan">How many segments become one, and how much larger the next class is.</param>
    public static IReadOnlySet<long> Choose(IEnumerable<(long Number, long Live)> segments, long walBytes, int fan)
    {
        var full = segments
            .Where(segment => segment.Live > 0 && segment.Live < walBytes / 2)
            .GroupBy(segment => ClassOf(segment.Live, walBytes, fan))
            .Where(group => group.Count() >= fan)
            .MaxBy(group => group.Key);
        return full is null ? new HashSet<long>() : full.Select(segment => segment.Number).ToHashSet();
    }

    // 0 for what is just below half a file, more for less.
    private static int ClassOf(long live, long walBytes, int fan)
    {
        var size = 0;
        for (var limit = walBytes / 2 / fan; live < limit; limit /= fan)
            size++;
        return size;
    }
}
