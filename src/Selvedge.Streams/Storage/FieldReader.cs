using System.Buffers.Binary;
using System.Text;

namespace Selvedge.Streams.Storage;

/// <summary>Reads what <see cref="FieldWriter"/> wrote.</summary>
/// <remarks>Only bytes whose checksum is right come here, so whatever does not fit is a fault of the software and throws.</remarks>
internal ref struct FieldReader(ReadOnlySpan<byte> source)
{
    /// <summary>What has not been read yet.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = source;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public uint UInt32() => (uint)Int32();

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public ulong UInt64() => (ulong)Int64();

    public string Text() => OptionalText() ?? throw new InvalidDataException("A text is missing.");

    public string? OptionalText()
    {
        var length = Int32();
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = Rest[..count];
        Rest = Rest[count..];
        return taken;
    }
}
