using Selvedge.Streams.Storage;

namespace Selvedge.Streams.Engine;

/// <content>Reading bytes back, across the ancestors of a fork.</content>
internal sealed partial class StreamEngine
{
    private int Read(StreamInfo stream, long position, Span<byte> buffer)
    {
        if (!_names.TryGetValue(stream.Name, out var state) || state.Id != stream.Id)
            return -1;

        var copied = 0;
        while (copied < buffer.Length && position < stream.Tail)
        {
            var (owner, limit) = OwnerOf(state, position, stream.Tail);
            var wanted = (int)Math.Min(buffer.Length - copied, limit - position);
            var read = ReadExtent(owner, position, buffer.Slice(copied, wanted));
            if (read < 0)
                return -1;
            position += read;
            copied += read;
        }

        return copied;
    }

    /// <summary>The stream among the ancestors that holds a position, and where its part ends.</summary>
    private static (StreamState Owner, long Limit) OwnerOf(StreamState stream, long position, long limit)
    {
        while (position < stream.Origin && stream.Parent is { } parent)
        {
            limit = Math.Min(limit, stream.Origin);
            stream = parent;
        }

        return (stream, limit);
    }

    private int ReadExtent(StreamState owner, long position, Span<byte> buffer)
    {
        Extent extent;
        lock (owner.Gate)
        {
            if (owner.Phase == StreamPhase.Removed || !owner.Data.TryPin(position, out extent))
                return -1;
        }

        var skipped = position - extent.Start;
        var wanted = buffer[..(int)Math.Min(buffer.Length, extent.Length - skipped)];
        if (extent.Bytes is { } bytes)
        {
            bytes.AsSpan((int)skipped, wanted.Length).CopyTo(wanted);
            return wanted.Length;
        }

        try
        {
            ReadFile(owner, extent, skipped, wanted);
            return wanted.Length;
        }
        finally
        {
            extent.File!.Unpin();
        }
    }

    private void ReadFile(StreamState owner, in Extent extent, long skipped, Span<byte> buffer)
    {
        if (extent.Generation != 0)
        {
            var file = extent.File!.File;
            if (file.Read(buffer, extent.FileOffset + skipped) < buffer.Length)
                throw new StreamStoreException($"'{file.Name}' ends before the bytes its index says it holds.");
        }
        else if (!RunBlocks.TryRead(extent, owner.Id, skipped, buffer))
        {
            Damaged?.Invoke(extent, owner);
            throw new StreamStoreException(SegmentTable.Describe(extent, owner));
        }
    }
}
