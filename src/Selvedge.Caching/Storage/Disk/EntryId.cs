using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>The name of an entry in the directory: the first half of its key's SHA-256.</summary>
/// <remarks>
/// 128 bits are enough that no two keys meet by chance. The full key is kept in the entry and compared, so that two that were made
/// to meet push each other out and nothing worse.
/// </remarks>
internal readonly record struct EntryId(UInt128 Value)
{
    private const int Digits = 32;

    public static EntryId Of(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetByteCount(key);
        if (length <= 512)
        {
            Span<byte> bytes = stackalloc byte[512];
            SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], hash);
        }
        else
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        }

        return new EntryId(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>The number of its directory.</summary>
    public int Shard => (int)(Value >> 120);

    /// <summary>Reads the beginning of a file's name.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out EntryId id)
    {
        id = default;
        if (
            name.Length < Digits
            || !UInt128.TryParse(name[..Digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
        )
        {
            return false;
        }

        id = new EntryId(value);
        return true;
    }

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
