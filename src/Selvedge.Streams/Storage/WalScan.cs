using System.Buffers;
using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>Reads the frames of a write-ahead file back, and tells the end of the log from a hole in it.</summary>
internal static class WalScan
{
    /// <summary>Receives the records, in order.</summary>
    /// <param name="record">The record.</param>
    /// <param name="number">Its number.</param>
    /// <param name="contentOffset">Where in the file its content begins.</param>
    public delegate void Visitor(in JournalRecord record, long number, long contentOffset);

    /// <summary>Visits every record from the beginning of the file to the first frame that is not whole.</summary>
    /// <param name="file">The file.</param>
    /// <param name="next">The number the first record must have; afterwards, the number behind the last one.</param>
    /// <param name="visit">Called for each record.</param>
    /// <returns>Where the first frame that is not whole would begin.</returns>
    public static long Replay(IStorageFile file, ref long next, Visitor visit)
    {
        var length = file.Length;
        long offset = WalHeader.Size;
        while (TryReadFrame(file, offset, length, out var frame, out var bytes))
        {
            using (bytes)
            {
                if (frame.First != next)
                    break;
                Visit(frame, bytes.Memory.Span, offset, visit);
            }

            next += frame.Count;
            offset += frame.Size;
        }

        return offset;
    }

    /// <summary>Looks behind the end of the log for a whole frame that must have come after it.</summary>
    /// <returns>Where it is; null when there is none, and the end is an end.</returns>
    public static long? FindLater(IStorageFile file, long offset, long next)
    {
        var length = file.Length;
        for (; offset < length; offset += Frame.Sector)
        {
            if (!TryReadFrame(file, offset, length, out var frame, out var bytes))
                continue;
            bytes.Dispose();
            if (frame.First > next)
                return offset;
        }

        return null;
    }

    private static bool TryReadFrame(IStorageFile file, long offset, long length, out Frame frame, out IMemoryOwner<byte> bytes)
    {
        frame = default;
        bytes = null!;
        Span<byte> header = stackalloc byte[Frame.HeaderSize];
        if (offset + Frame.HeaderSize > length || file.Read(header, offset) < header.Length)
            return false;
        if (!Frame.TryRead(header, out frame) || offset + Frame.HeaderSize + frame.PayloadLength > length)
            return false;

        var size = Frame.HeaderSize + frame.PayloadLength;
        bytes = MemoryPool<byte>.Shared.Rent(size);
        if (file.Read(bytes.Memory.Span[..size], offset) == size && frame.IsIntact(bytes.Memory.Span))
            return true;
        bytes.Dispose();
        return false;
    }

    private static void Visit(in Frame frame, ReadOnlySpan<byte> bytes, long offset, Visitor visit)
    {
        var position = Frame.HeaderSize;
        for (var i = 0; i < frame.Count; i++)
        {
            var length = new FieldReader(bytes[position..]).Int32();
            position += sizeof(int);
            var record = RecordCodec.Read(bytes.Slice(position, length));
            position += length;
            visit(record, frame.First + i, offset + position - record.Content.Length);
        }
    }
}
