using System.Buffers.Binary;

namespace Selvedge.Functions.Wire;

/// <summary>
/// What passes over a <see cref="Link"/>, in either direction: eight bytes, little-endian, and behind those of <see cref="FrameKind.Data"/>
/// the data.
/// <code>
/// 0        4        7      8
/// ├ channel ┼ number ┼ kind ┤
/// </code>
/// </summary>
/// <param name="Channel">Whose it is. Channels are numbered as they are opened, and a number is used once.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Number">How many bytes it speaks of; below 2²⁴.</param>
internal readonly record struct Frame(uint Channel, FrameKind Kind, int Number)
{
    /// <summary>Bytes of a frame without its data.</summary>
    public const int Size = 8;

    /// <summary>How many bytes a side may send on a channel before the other has taken any.</summary>
    public const int Window = 256 * 1024;

    /// <summary>The most data of one frame, so that channels take turns.</summary>
    public const int MaxData = 64 * 1024;

    /// <summary>The largest number.</summary>
    public const int MaxNumber = (1 << NumberBits) - 1;

    private const int NumberBits = 24;

    /// <summary>Writes the eight bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Channel);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], ((uint)Kind << NumberBits) | (uint)Number);
    }

    /// <summary>Reads the eight bytes. The kind may be none that is known.</summary>
    public static Frame Read(ReadOnlySpan<byte> source)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(source[4..]);
        return new(
            BinaryPrimitives.ReadUInt32LittleEndian(source),
            (FrameKind)(word >> NumberBits),
            (int)(word & ((1u << NumberBits) - 1))
        );
    }
}
