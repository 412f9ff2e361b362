using System.Buffers.Binary;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>The first bytes of an entry's file, little-endian; the key in UTF-8, the head and a short body follow.</summary>
/// <remarks>
/// <code>
///  0  magic "SvdE"            16  length of the body       32  CRC32C of the bytes before and of everything after
///  4  version                 24  sequence of the body's file; 0 if the body is in this one
///  8  length of the key       12  length of the head
/// </code>
/// </remarks>
internal readonly record struct EntryHeader(int KeyLength, int HeadLength, long BodyLength, long BodySequence)
{
    public const int Size = 36;

    /// <summary>Bodies up to this many bytes lie in the entry's own file, which stays below the large object heap with them.</summary>
    public const int LargestInlineBody = 64 * 1024;

    // A head or key beyond these is damage, or not ours.
    public const int LargestKey = 1024 * 1024;
    public const int LargestHead = 1024 * 1024;

    private const uint Magic = 0x45647653;
    private const uint Version = 1;
    private const int ChecksumAt = 32;

    /// <summary>The length of the whole file.</summary>
    public long FileLength => Size + KeyLength + HeadLength + (BodySequence == 0 ? BodyLength : 0);

    /// <summary>Reads the header; whether it fits the file's length is checked, its checksum is not.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, long fileLength, out EntryHeader header)
    {
        header = default;
        if (
            bytes.Length < Size
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Version
        )
        {
            return false;
        }

        header = new EntryHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..])
        );
        return header.KeyLength is >= 0 and <= LargestKey
            && header.HeadLength is >= 0 and <= LargestHead
            && header.BodyLength >= 0
            && header.BodySequence >= 0
            && (header.BodySequence > 0 || header.BodyLength <= LargestInlineBody)
            && header.FileLength == fileLength;
    }

    /// <summary>Whether a whole file's checksum is right.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> file) =>
        BinaryPrimitives.ReadUInt32LittleEndian(file[ChecksumAt..]) == ChecksumOf(file);

    /// <summary>Writes the header into a file whose other bytes are in place.</summary>
    public void Write(Span<byte> file)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(file, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(file[4..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(file[8..], KeyLength);
        BinaryPrimitives.WriteInt32LittleEndian(file[12..], HeadLength);
        BinaryPrimitives.WriteInt64LittleEndian(file[16..], BodyLength);
        BinaryPrimitives.WriteInt64LittleEndian(file[24..], BodySequence);
        BinaryPrimitives.WriteUInt32LittleEndian(file[ChecksumAt..], ChecksumOf(file));
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> file) => Checksum.Of(file[Size..], Checksum.Of(file[..ChecksumAt]));
}
