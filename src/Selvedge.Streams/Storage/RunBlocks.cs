using System.Buffers;
using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>How a run of a stream's bytes lies in a segment: in blocks, each followed by its checksum, and read back only if that is right.</summary>
/// <remarks>
/// A checksum begins with whose bytes they are and where in the stream, so that a whole block in the wrong place is found out too.
/// </remarks>
internal static class RunBlocks
{
    /// <summary>The bytes of a stream in one block. What is read is read in whole blocks, so a short read costs this much.</summary>
    public const int Size = 16 * 1024;

    private const int Stored = Size + sizeof(uint);
    private const int BlocksAtOnce = 16;

    /// <summary>What the checksum of a block begins with.</summary>
    /// <param name="stream">The stream's id.</param>
    /// <param name="position">The position of the block's first byte in the stream.</param>
    public static uint Seed(ulong stream, long position)
    {
        Span<byte> origin = stackalloc byte[2 * sizeof(long)];
        var fields = new FieldWriter(origin);
        fields.UInt64(stream);
        fields.Int64(position);
        return Checksum.Of(origin);
    }

    /// <summary>Copies bytes of a settled extent.</summary>
    /// <param name="extent">The extent.</param>
    /// <param name="stream">The id of the stream it belongs to.</param>
    /// <param name="skipped">Where in the extent to begin.</param>
    /// <param name="target">Filled.</param>
    /// <returns>False when the medium does not give back what was written; the target then holds nothing of use.</returns>
    public static bool TryRead(in Extent extent, ulong stream, long skipped, Span<byte> target)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Stored * BlocksAtOnce);
        try
        {
            while (!target.IsEmpty)
            {
                var first = skipped / Size;
                var last = Math.Min((skipped + target.Length - 1) / Size, first + BlocksAtOnce - 1);
                if (!TryReadBlocks(extent, stream, first, last, buffer))
                    return false;
                var copied = CopyOut(buffer, skipped - (first * Size), ((last + 1) * Size) - skipped, target);
                skipped += copied;
                target = target[copied..];
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryReadBlocks(in Extent extent, ulong stream, long first, long last, byte[] buffer)
    {
        var end = Math.Min((last + 1) * Size, extent.Length);
        var stored = buffer.AsSpan(0, (int)(end - (first * Size) + ((last - first + 1) * sizeof(uint))));
        if (extent.File!.File.Read(stored, extent.FileOffset + (first * Stored)) < stored.Length)
            return false;
        for (var position = extent.Start + (first * Size); !stored.IsEmpty; position += Size)
        {
            var length = Math.Min(Size, stored.Length - sizeof(uint));
            var checksum = Checksum.Of(stored[..length], Seed(stream, position));
            if (new FieldReader(stored[length..]).UInt32() != checksum)
                return false;
            stored = stored[(length + sizeof(uint))..];
        }

        return true;
    }

    private static int CopyOut(ReadOnlySpan<byte> blocks, long skipped, long there, Span<byte> target)
    {
        var copied = 0;
        var wanted = (int)Math.Min(there, target.Length);
        while (copied < wanted)
        {
            var (block, inside) = Math.DivRem((int)skipped + copied, Size);
            var part = blocks.Slice((block * Stored) + inside, Math.Min(Size - inside, wanted - copied));
            part.CopyTo(target[copied..]);
            copied += part.Length;
        }

        return copied;
    }
}
