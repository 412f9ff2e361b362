using System.Buffers;
using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>Looks through a data directory that no server uses, and changes nothing.</summary>
public static class DirectoryCheck
{
    private const int Step = 1024 * 1024;

    /// <summary>Reads everything there is and compares every checksum.</summary>
    /// <param name="directory">The directory of the streams.</param>
    /// <exception cref="StreamStoreException">The directory is in use, or so damaged that it cannot be opened; the message says how.</exception>
    public static DirectoryReport Run(string directory)
    {
        if (!Directory.Exists(directory))
            throw new StreamStoreException($"There is no directory '{directory}'.");
        using var device = new DirectoryDevice(directory);
        return Run(device);
    }

    internal static DirectoryReport Run(IStorageDevice device)
    {
        using var segments = new SegmentTable(device);
        var recovery = Recovery.Run(device, segments);
        var damage = new List<string>();
        long bytes = 0;
        foreach (var stream in recovery.Streams)
        {
            bytes += stream.Tail - stream.Origin;
            foreach (var extent in stream.Data.Items)
            {
                if (extent.Generation == 0 && !IsIntact(extent, stream))
                    damage.Add(SegmentTable.Describe(extent, stream));
            }
        }

        var report = new DirectoryReport
        {
            Streams = recovery.Streams.Count,
            Bytes = bytes,
            UnsettledFiles = recovery.Unsettled.Count,
            UnfinishedRecords = CountUnfinished(recovery),
            Leftovers = Leftovers.In(device, recovery, segments),
            Damage = damage,
        };
        foreach (var file in recovery.Unsettled)
            file.Block.File.Dispose();
        return report;
    }

    private static bool IsIntact(in Extent extent, StreamState stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Step);
        try
        {
            for (long done = 0; done < extent.Length; done += Step)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(Step, extent.Length - done));
                if (!RunBlocks.TryRead(extent, stream.Id, done, part))
                    return false;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // The header of the group that a crash cut short may have arrived; then it says how many records the group was to hold.
    private static int CountUnfinished(Recovery recovery)
    {
        if (recovery.Unsettled.Count == 0)
            return 0;
        Span<byte> header = stackalloc byte[Frame.HeaderSize];
        var file = recovery.Unsettled[^1].Block.File;
        var read = file.Read(header, recovery.EndOfLog);
        return read == header.Length && Frame.TryRead(header, out var frame) && frame.First == recovery.Next ? frame.Count : 0;
    }
}
