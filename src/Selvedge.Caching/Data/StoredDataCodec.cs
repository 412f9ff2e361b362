using System.Buffers.Binary;
using System.Text;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Data;

/// <summary>
/// The head of an item on disk: version (4 bytes), number of tags (4), epoch, position, time of storing, time of its end (8 each), then the
/// tags, each its length in bytes (4) and UTF-8. Numbers are little-endian. The store checks that it is whole.
/// </summary>
internal static class StoredDataCodec
{
    private const int Version = 1;
    private const int FixedBytes = 40;

    /// <summary>Puts what belongs to an item, but for its value, into bytes.</summary>
    public static byte[] EncodeHead(StoredData data, long epoch)
    {
        var bytes = new byte[FixedBytes + data.Tags.Sum(tag => 4 + Encoding.UTF8.GetByteCount(tag))];
        var rest = bytes.AsSpan();
        BinaryPrimitives.WriteInt32LittleEndian(rest, Version);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], data.Tags.Count);
        BinaryPrimitives.WriteInt64LittleEndian(rest[8..], epoch);
        BinaryPrimitives.WriteInt64LittleEndian(rest[16..], data.Began);
        BinaryPrimitives.WriteInt64LittleEndian(rest[24..], data.StoredAt);
        BinaryPrimitives.WriteInt64LittleEndian(rest[32..], data.GoneAt);
        rest = rest[FixedBytes..];
        foreach (var tag in data.Tags)
        {
            var length = Encoding.UTF8.GetBytes(tag, rest[4..]);
            BinaryPrimitives.WriteInt32LittleEndian(rest, length);
            rest = rest[(4 + length)..];
        }

        return bytes;
    }

    /// <summary>Reads an item.</summary>
    /// <returns><see langword="null"/> if it is of another version or epoch, or its value is damaged.</returns>
    public static async ValueTask<StoredData?> DecodeAsync(DiskEntry entry, long epoch, CancellationToken cancellationToken)
    {
        var head = entry.Head;
        if (
            head.Length < FixedBytes
            || BinaryPrimitives.ReadInt32LittleEndian(head.Span) != Version
            || BinaryPrimitives.ReadInt64LittleEndian(head.Span[8..]) != epoch
            || entry.BodyLength > DataLimits.MaxValueBytes
        )
        {
            return null;
        }

        var value = new byte[entry.BodyLength];
        try
        {
            await using var body = entry.OpenBody();
            await body.ReadExactlyAsync(value, cancellationToken);
        }
        catch (IOException)
        {
            return null;
        }

        return new StoredData(
            value,
            Tags(head.Span),
            BinaryPrimitives.ReadInt64LittleEndian(head.Span[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(head.Span[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(head.Span[32..])
        );
    }

    private static string[] Tags(ReadOnlySpan<byte> head)
    {
        var tags = new string[BinaryPrimitives.ReadInt32LittleEndian(head[4..])];
        var rest = head[FixedBytes..];
        for (var i = 0; i < tags.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            tags[i] = Encoding.UTF8.GetString(rest.Slice(4, length));
            rest = rest[(4 + length)..];
        }

        return tags;
    }
}
