using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>Moves the content of full write-ahead files to segments, and the index to a checkpoint, so that the files can be used again.</summary>
/// <remarks>
/// The order is what makes a crash at any point harmless: (1) the segment is written and flushed, (2) streams point to it, and small segments become one in the same two steps, (3) a checkpoint
/// that says so is written, (4) everything the checkpoint may already contain becomes durable in the log, (5) the checkpoint takes the
/// place of the old one, (6) the write-ahead file and the segments nobody needs are given up.
/// </remarks>
internal sealed class Settler(IStorageDevice device, WalFiles files, WriteAheadLog log, SegmentTable segments, Merger merger)
{
    /// <summary>Settles one file. The files are settled in the order of their generations.</summary>
    /// <param name="file">A full file, all of whose records are durable.</param>
    /// <param name="engine">The streams.</param>
    /// <param name="waitDurable">Waits for a task of the log, which goes on meanwhile.</param>
    public void Settle(WalFile file, StreamEngine engine, Action<Task> waitDurable)
    {
        // 1, 2.
        if (file.ContentLength > 0)
            MoveContent(file);
        merger.Run(engine.Streams);

        // 3. From here on the next file is the first that must be replayed.
        var unneeded = segments.Unneeded();
        Checkpoint.Write(device, engine.Streams, file.Generation + 1, () => engine.LastId);

        // 4. A checkpoint must not know of what a crash could still undo.
        waitDurable(log.WhenDurable());

        // 5.
        Checkpoint.Install(device);

        // 6.
        file.Block.Retire(unused => files.Recycle(file.Generation, unused));
        foreach (var segment in unneeded)
            segments.Remove(segment);
        log.FileSettled();
    }

    private void MoveContent(WalFile file)
    {
        var segment = segments.Create();
        var settled = new List<(StreamState Stream, Extent Extent)>(file.Touched.Count);
        using (var writer = new SegmentWriter(segment))
        {
            // Streams of about the same age lie together, and one stream's bytes always do.
            file.Touched.Sort((left, right) => left.Id.CompareTo(right.Id));
            foreach (var stream in file.Touched)
            {
                if (CopyContent(stream, file, writer) is { } extent)
                    settled.Add((stream, extent));
            }

            writer.Finish();
        }

        device.SyncDirectory();
        segments.Add(segment);
        foreach (var (stream, extent) in settled)
            Install(stream, extent, segment, file.Generation);
    }

    private static Extent? CopyContent(StreamState stream, WalFile file, SegmentWriter writer)
    {
        Extent[] extents;
        lock (stream.Gate)
        {
            if (stream.Phase == StreamPhase.Removed)
                return null;
            extents = [.. stream.Data.OfGeneration(file.Generation)];
        }

        if (extents.Length == 0)
            return null;
        writer.Begin(stream.Id, extents[0].Start);
        foreach (var extent in extents)
        {
            if (!writer.TryCopy(extent))
                throw new StreamStoreException($"'{FileNames.Wal(file.Generation)}' lost content of the stream '{stream.Name}'.");
        }

        return writer.End();
    }

    private static void Install(StreamState stream, in Extent extent, Segment segment, long generation)
    {
        lock (stream.Gate)
        {
            if (stream.Phase == StreamPhase.Removed)
                return;
            stream.Data.Settle(generation, extent);
            segment.Count(extent.Length);
        }
    }
}
