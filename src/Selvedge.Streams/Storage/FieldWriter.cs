using System.Buffers.Binary;
using System.Text;

namespace Selvedge.Streams.Storage;

/// <summary>Writes the fields of a stored format: little-endian numbers, and text as a length and UTF-8.</summary>
internal ref struct FieldWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    /// <summary>How much has been written.</summary>
    public int Length { get; private set; }

    /// <summary>The most bytes a text takes.</summary>
    public static int MaxSize(string? text) => sizeof(int) + Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0);

    public void Byte(byte value) => _target[Length++] = value;

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_target[Length..], value);
        Length += sizeof(int);
    }

    public void UInt32(uint value) => Int32((int)value);

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_target[Length..], value);
        Length += sizeof(long);
    }

    public void UInt64(ulong value) => Int64((long)value);

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetBytes(text, _target[(Length + sizeof(int))..]);
        Int32(length);
        Length += length;
    }

    public void OptionalText(string? text)
    {
        if (text is null)
            Int32(-1);
        else
            Text(text);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_target[Length..]);
        Length += bytes.Length;
    }
}
