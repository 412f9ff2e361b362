using System.Buffers;
using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>Moves the content of full write-ahead files to segments, and the index to a checkpoint, so that the files can be used again.</summary>
/// <remarks>
/// The order is what makes a crash at any point harmless: (1) the segment is written and flushed, (2) streams point to it, (3) a checkpoint
/// that says so is written, (4) everything the checkpoint may already contain becomes durable in the log, (5) the checkpoint takes the
/// place of the old one, (6) the write-ahead file and the segments nobody needs are given up.
/// </remarks>
internal sealed class Settler(IStorageDevice device, WalFiles files, WriteAheadLog log, SegmentTable segments)
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
        var number = segments.NextNumber();
        var output = device.Create(FileNames.Segment(number));
        var settled = new List<(StreamState Stream, Extent Extent)>(file.Touched.Count);
        var segment = new Segment(number, output);
        using (var writer = new RunWriter(output))
        {
            writer.Write(SegmentTable.Magic);

            // Streams of about the same age lie together, and one stream's bytes always do.
            file.Touched.Sort((left, right) => left.Id.CompareTo(right.Id));
            foreach (var stream in file.Touched)
            {
                if (CopyContent(stream, file, segment, writer) is { } extent)
                    settled.Add((stream, extent));
            }

            writer.Finish();
        }

        device.SyncDirectory();
        segments.Add(segment);
        foreach (var (stream, extent) in settled)
            Install(stream, extent, segment, file.Generation);
    }

    private static Extent? CopyContent(StreamState stream, WalFile file, Segment segment, RunWriter writer)
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
        var offset = writer.Offset;
        writer.BeginRun();
        foreach (var extent in extents)
            Copy(extent, writer);
        return new Extent
        {
            Start = extents[0].Start,
            Length = writer.Offset - offset,
            File = segment.Block,
            FileOffset = offset,
            Checksum = writer.Checksum,
        };
    }

    private static void Copy(in Extent extent, RunWriter writer)
    {
        if (extent.Bytes is { } bytes)
        {
            writer.Write(bytes.AsSpan(0, (int)extent.Length));
            return;
        }

        // No pin is needed: only this settler gives the file up.
        var buffer = ArrayPool<byte>.Shared.Rent((int)extent.Length);
        var content = buffer.AsSpan(0, (int)extent.Length);
        var read = extent.File!.File.Read(content, extent.FileOffset);
        if (read == content.Length)
            writer.Write(content);
        ArrayPool<byte>.Shared.Return(buffer);
        if (read != content.Length)
            throw new StreamStoreException($"'{extent.File.File.Name}' ends before the content it holds.");
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
