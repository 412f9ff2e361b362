using System.Buffers.Binary;
using System.Numerics;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>CRC32C (RFC 3720 appendix B.4), by the processor's instruction where there is one.</summary>
internal static class Checksum
{
    /// <summary>The checksum of <paramref name="bytes"/>; pass the checksum of what comes before them to go on.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var crc = ~before;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
