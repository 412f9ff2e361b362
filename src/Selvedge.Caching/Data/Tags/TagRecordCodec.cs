using System.Buffers.Binary;
using System.Text;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Data.Tags;

/// <summary>
/// The form of a record on disk: length of the rest (4 bytes), CRC-32C of what follows it (4), position (8), time (8), the tag in UTF-8.
/// Numbers are little-endian.
/// </summary>
internal static class TagRecordCodec
{
    private const int FrameBytes = 8;
    private const int FixedBytes = 16;

    /// <summary>Far above any tag's; more is damage.</summary>
    private const int MaxBytes = FixedBytes + (DataLimits.MaxTagLength * 4);

    /// <summary>Puts records into bytes.</summary>
    public static byte[] Encode(IReadOnlyCollection<TagRecord> records)
    {
        var sizes = records.Sum(record => FrameBytes + FixedBytes + Encoding.UTF8.GetByteCount(record.Tag));
        var bytes = new byte[sizes];
        var rest = bytes.AsSpan();
        foreach (var record in records)
        {
            var payload = rest[FrameBytes..];
            BinaryPrimitives.WriteInt64LittleEndian(payload, record.Position);
            BinaryPrimitives.WriteInt64LittleEndian(payload[8..], record.At);
            payload = payload[..(FixedBytes + Encoding.UTF8.GetBytes(record.Tag, payload[FixedBytes..]))];
            BinaryPrimitives.WriteInt32LittleEndian(rest, payload.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], Checksum.Of(payload));
            rest = rest[(FrameBytes + payload.Length)..];
        }

        return bytes;
    }

    /// <summary>Takes the next record off the bytes.</summary>
    /// <returns>Whether there is a whole and undamaged one.</returns>
    public static bool TryDecode(ref ReadOnlySpan<byte> bytes, out TagRecord record)
    {
        record = default;
        if (bytes.Length < FrameBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length is < FixedBytes or > MaxBytes || length > bytes.Length - FrameBytes)
        {
            return false;
        }

        var payload = bytes.Slice(FrameBytes, length);
        if (Checksum.Of(payload) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]))
        {
            return false;
        }

        record = new TagRecord(
            Encoding.UTF8.GetString(payload[FixedBytes..]),
            BinaryPrimitives.ReadInt64LittleEndian(payload),
            BinaryPrimitives.ReadInt64LittleEndian(payload[8..])
        );
        bytes = bytes[(FrameBytes + length)..];
        return true;
    }
}
