using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>
/// A long body's file: blocks of 64 KiB, each followed by its checksum, so that a range is read without what lies before it and
/// nothing unchecked leaves.
/// </summary>
internal static class BodyBlocks
{
    /// <summary>The bytes of the body in a block; the last one may have fewer.</summary>
    public const int Size = 64 * 1024;

    /// <summary>A block in the file.</summary>
    public const int Stride = Size + sizeof(uint);

    /// <summary>How long the file of a body is.</summary>
    public static long FileLength(long bodyLength) => bodyLength + (((bodyLength + Size - 1) / Size) * sizeof(uint));

    /// <summary>Puts the checksum behind a block's bytes.</summary>
    /// <param name="block">Room for the bytes and their checksum.</param>
    /// <param name="count">How many bytes.</param>
    /// <param name="sequence">The file's sequence.</param>
    /// <param name="number">The block's number.</param>
    public static void Seal(Span<byte> block, int count, long sequence, long number) =>
        BinaryPrimitives.WriteUInt32LittleEndian(block[count..], ChecksumOf(block[..count], sequence, number));

    /// <summary>Reads a block.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="bodyLength">The length of the body.</param>
    /// <param name="number">The block's number.</param>
    /// <param name="buffer">Room for <see cref="Stride"/> bytes.</param>
    /// <returns>How many bytes of the body it holds.</returns>
    /// <exception cref="BrokenBodyException">The block is damaged.</exception>
    public static async ValueTask<int> ReadAsync(
        SafeFileHandle file,
        long sequence,
        long bodyLength,
        long number,
        Memory<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        var count = (int)Math.Min(Size, bodyLength - (number * Size));
        var wanted = buffer[..(count + sizeof(uint))];
        var read = 0;
        while (read < wanted.Length)
        {
            var more = await RandomAccess.ReadAsync(file, wanted[read..], (number * Stride) + read, cancellationToken);
            if (more == 0)
            {
                throw new BrokenBodyException("A body on disk ends too early.");
            }

            read += more;
        }

        return IsIntact(wanted.Span, count, sequence, number)
            ? count
            : throw new BrokenBodyException("A body on disk is damaged.");
    }

    private static bool IsIntact(ReadOnlySpan<byte> block, int count, long sequence, long number) =>
        BinaryPrimitives.ReadUInt32LittleEndian(block[count..]) == ChecksumOf(block[..count], sequence, number);

    // File and place go into the checksum: a block of another file, or from another place, is damage too.
    private static uint ChecksumOf(ReadOnlySpan<byte> bytes, long sequence, long number)
    {
        Span<byte> place = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(place, sequence);
        BinaryPrimitives.WriteInt64LittleEndian(place[8..], number);
        return Checksum.Of(bytes, Checksum.Of(place));
    }
}
