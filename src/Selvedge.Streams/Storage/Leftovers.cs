namespace Selvedge.Streams.Storage;

/// <summary>Finds the files of a directory that are no part of what was recovered: traces of a settling that was interrupted.</summary>
internal static class Leftovers
{
    public static IReadOnlyList<string> In(IStorageDevice device, Recovery recovery, SegmentTable segments)
    {
        var first = recovery.NextGeneration - recovery.Unsettled.Count;
        var wanted = segments.All.Select(segment => segment.Number).ToHashSet();
        return
        [
            .. device
                .List()
                .Where(name =>
                    name == FileNames.NewCheckpoint
                    || (FileNames.TryParseWal(name, out var generation) && generation < first)
                    || (FileNames.TryParseSegment(name, out var number) && !wanted.Contains(number))
                ),
        ];
    }
}
