using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Selvedge.Caching.Purging;

/// <summary>
/// The form of a record on disk: length of the rest (4 bytes), CRC-32C of what follows it (4), scope (1), softness (1), position (8), the
/// name in UTF-8. Numbers are little-endian.
/// </summary>
internal static class PurgeRecordCodec
{
    private const int FrameBytes = 8;
    private const int FixedBytes = 10;

    /// <summary>Far above any name's; more is damage.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Puts a record into bytes.</summary>
    public static byte[] Encode(PurgeRecord record)
    {
        var bytes = new byte[FrameBytes + FixedBytes + Encoding.UTF8.GetByteCount(record.Name)];
        var payload = bytes.AsSpan(FrameBytes);
        payload[0] = (byte)record.Scope;
        payload[1] = record.Soft ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(payload[2..], record.Position);
        Encoding.UTF8.GetBytes(record.Name, payload[FixedBytes..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), ChecksumOf(payload));
        return bytes;
    }

    /// <summary>Takes the next record off the bytes.</summary>
    /// <returns>Whether there is a whole and undamaged one.</returns>
    public static bool TryDecode(ref ReadOnlySpan<byte> bytes, out PurgeRecord record)
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
        if (ChecksumOf(payload) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]))
        {
            return false;
        }

        record = new PurgeRecord(
            (PurgeScope)payload[0],
            payload[1] != 0,
            Encoding.UTF8.GetString(payload[FixedBytes..]),
            BinaryPrimitives.ReadInt64LittleEndian(payload[2..])
        );
        bytes = bytes[(FrameBytes + length)..];
        return true;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return ~checksum;
    }
}
