using System.Runtime.InteropServices;

namespace Selvedge.Streams.Storage;

/// <summary>One committed group of records in a write-ahead file.</summary>
/// <remarks>
/// A frame begins on a sector of its own, so that writing one never touches a sector that holds what was acknowledged before. The next
/// frame is written only when this one is flushed; therefore a frame that is broken while a later one is whole cannot be the trace of a
/// crash. Numbers of records never come twice, so frames of a file's earlier life are recognised by theirs.
/// </remarks>
/// <param name="First">The number of its first record.</param>
/// <param name="Count">How many records it holds.</param>
/// <param name="PayloadLength">The bytes of the records.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Frame(long First, int Count, int PayloadLength)
{
    public const int Sector = 512;
    public const int HeaderSize = 32;

    private const uint Magic = 0x4D_52_46_53; // "SFRM"

    /// <summary>The place the frame takes, up to the next sector.</summary>
    public int Size => Align(HeaderSize + PayloadLength);

    public static int Align(int length) => (length + Sector - 1) & ~(Sector - 1);

    /// <summary>Puts the header in front of the records, which are there already.</summary>
    public void Seal(Span<byte> frame)
    {
        var fields = new FieldWriter(frame);
        fields.UInt32(Magic);
        fields.Int32(PayloadLength);
        fields.Int64(First);
        fields.Int32(Count);
        var crc = Checksum.Of(frame[..fields.Length]);
        fields.UInt32(Checksum.Of(frame.Slice(HeaderSize, PayloadLength), crc));
    }

    /// <summary>Reads a header; whether the records are right is for <see cref="IsIntact"/> to say.</summary>
    public static bool TryRead(ReadOnlySpan<byte> header, out Frame frame)
    {
        var fields = new FieldReader(header);
        var magic = fields.UInt32();
        var payloadLength = fields.Int32();
        frame = new Frame(fields.Int64(), fields.Int32(), payloadLength);
        return magic == Magic && payloadLength > 0 && frame.First > 0 && frame.Count > 0;
    }

    /// <summary>Compares the checksum of header and records.</summary>
    public bool IsIntact(ReadOnlySpan<byte> frame)
    {
        const int CoveredHeader = 20;
        var fields = new FieldReader(frame[CoveredHeader..]);
        var crc = Checksum.Of(frame[..CoveredHeader]);
        return fields.UInt32() == Checksum.Of(frame.Slice(HeaderSize, PayloadLength), crc);
    }
}
