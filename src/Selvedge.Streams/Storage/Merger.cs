using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>Copies what is wanted of several small segments into one. Part of a settling, before its checkpoint.</summary>
/// <remarks>
/// The small ones are given up by a later settling, when a checkpoint that does not know them is in place. A stream's runs that lie
/// side by side become one, so a stream that grew a little at a time needs no extent for each of them any more.
/// </remarks>
internal sealed class Merger(IStorageDevice device, SegmentTable segments, LogSettings settings)
{
    /// <summary>Merges the segments that the policy chooses, if it chooses any.</summary>
    public void Run(IEnumerable<StreamState> streams)
    {
        var chosen = MergePolicy.Choose(
            segments.All.Where(segment => !segment.IsDamaged).Select(segment => (segment.Number, segment.Live)),
            settings.WalBytes,
            settings.MergeFan
        );
        if (chosen.Count == 0)
            return;
        var merged = segments.Create();
        var moved = new List<Move>();
        using (var writer = new SegmentWriter(merged))
        {
            // As in a segment that was settled: streams of about the same age lie together.
            foreach (var stream in streams.OrderBy(stream => stream.Id))
                Copy(stream, chosen, writer, moved);
            writer.Finish();
        }

        device.SyncDirectory();
        segments.Add(merged);
        foreach (var move in moved)
            Install(move, merged);
    }

    private void Copy(StreamState stream, IReadOnlySet<long> chosen, SegmentWriter writer, List<Move> moved)
    {
        foreach (var run in RunsOf(stream, chosen))
        {
            writer.Begin(stream.Id, run[0].Start);
            var intact = true;
            foreach (var extent in run)
            {
                intact = writer.TryCopy(extent);
                if (intact)
                    continue;
                segments.NoteDamage(extent, stream);
                break;
            }

            var copy = writer.End();
            if (intact)
                moved.Add(new Move(stream, run, copy));
        }
    }

    /// <summary>What the stream has in the chosen segments, side by side in the stream.</summary>
    private static List<List<Extent>> RunsOf(StreamState stream, IReadOnlySet<long> chosen)
    {
        var runs = new List<List<Extent>>();
        lock (stream.Gate)
        {
            if (stream.Phase == StreamPhase.Removed)
                return runs;
            foreach (var extent in stream.Data.Items)
            {
                if (extent.Generation != 0 || !chosen.Contains(extent.File!.SegmentNumber))
                    continue;
                if (runs.Count > 0 && runs[^1][^1].End == extent.Start)
                    runs[^1].Add(extent);
                else
                    runs.Add([extent]);
            }
        }

        return runs;
    }

    private void Install(Move move, Segment merged)
    {
        lock (move.Stream.Gate)
        {
            if (move.Stream.Phase == StreamPhase.Removed)
                return;
            move.Stream.Data.Replace(move.From, move.To);
            merged.Count(move.To.Length);
            foreach (var extent in move.From)
                segments.Of(extent)?.Count(-extent.Length);
        }
    }

    private sealed record Move(StreamState Stream, List<Extent> From, Extent To);
}
