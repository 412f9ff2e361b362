using System.Collections;
using System.Text;

namespace Selvedge.Caching.Storage;

/// <summary>What routing chose and the header lines of a stored response, in one array of bytes.</summary>
/// <remarks>
/// A million responses are held as such, and few of them are popular enough to be worth strings, which take two bytes a character
/// and some twenty besides. Layout: the target, then a name and a value for each line; every text is its length and its
/// UTF-8. A name that is well known is one byte instead, and comes back as a shared string.
/// </remarks>
internal readonly struct PackedHead : IReadOnlyList<KeyValuePair<string, string>>
{
    private const byte Unknown = 0;

    private readonly byte[]? _bytes;

    private PackedHead(byte[] bytes, int count)
    {
        _bytes = bytes;
        Count = count;
    }

    /// <summary>Packs a target and header lines.</summary>
    public static PackedHead Of(string target, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        var size = TextSize(target);
        for (var i = 0; i < fields.Count; i++)
        {
            var (name, value) = fields[i];
            size += 1 + (KnownFieldNames.NumberOf(name) > 0 ? 0 : TextSize(name)) + TextSize(value);
        }

        var bytes = new byte[size];
        var at = Write(bytes, 0, target);
        for (var i = 0; i < fields.Count; i++)
        {
            var (name, value) = fields[i];
            var number = KnownFieldNames.NumberOf(name);
            bytes[at++] = number;
            if (number == Unknown)
            {
                at = Write(bytes, at, name);
            }

            at = Write(bytes, at, value);
        }

        return new PackedHead(bytes, fields.Count);
    }

    /// <summary>How many header lines there are.</summary>
    public int Count { get; }

    /// <summary>What it takes, in bytes.</summary>
    public int Size => _bytes?.Length ?? 0;

    /// <summary>What routing chose.</summary>
    public string Target
    {
        get
        {
            var at = 0;
            return _bytes is null ? "" : ReadText(ref at);
        }
    }

    /// <inheritdoc/>
    public KeyValuePair<string, string> this[int index] => this.ElementAt(index);

    /// <summary>Whether routing chose this, without making a string of it.</summary>
    public bool IsFor(string target)
    {
        if (_bytes is null)
        {
            return target.Length == 0;
        }

        var at = 0;
        var packed = ReadBytes(ref at);
        return Ascii.Equals(packed, target)
            || (!Ascii.IsValid(target) && string.Equals(Encoding.UTF8.GetString(packed), target, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        var at = 0;
        for (var i = -1; i < Count; i++)
        {
            if (i < 0)
            {
                Skip(ref at);
                continue;
            }

            var number = _bytes![at++];
            var name = number == Unknown ? ReadText(ref at) : KnownFieldNames.ByNumber(number);
            yield return new(name, ReadText(ref at));
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int TextSize(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        return LengthSize(length) + length;
    }

    private static int LengthSize(int length)
    {
        var size = 1;
        while ((length >>= 7) != 0)
        {
            size++;
        }

        return size;
    }

    private static int Write(byte[] bytes, int at, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var left = length;
        for (; left >= 0x80; left >>= 7)
        {
            bytes[at++] = (byte)(left | 0x80);
        }

        bytes[at++] = (byte)left;
        return at + Encoding.UTF8.GetBytes(text, bytes.AsSpan(at, length));
    }

    private void Skip(ref int at)
    {
        if (_bytes is not null)
        {
            ReadBytes(ref at);
        }
    }

    private string ReadText(ref int at) => Encoding.UTF8.GetString(ReadBytes(ref at));

    private ReadOnlySpan<byte> ReadBytes(ref int at)
    {
        var bytes = _bytes!;
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            length |= (next & 0x7f) << shift;
            if (next < 0x80)
            {
                break;
            }
        }

        at += length;
        return bytes.AsSpan(at - length, length);
    }
}
