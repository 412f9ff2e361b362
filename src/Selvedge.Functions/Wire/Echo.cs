using System.Buffers;
using System.Buffers.Text;

namespace Selvedge.Functions.Wire;

/// <summary>
/// A number that goes with one request and comes back with its response, so that what a function wrote to its connection for an earlier
/// request is never taken for the answer to a later one: nobody knows a number before its request is sent.
/// </summary>
/// <remarks>
/// It goes as the first segment of the request target, which the host takes off again, and comes back as the reason phrase, which means
/// nothing to anybody (RFC 9112 section 4). Neither costs a header field, and a function sees neither.
/// </remarks>
internal readonly record struct Echo(ulong Value)
{
    private const int Digits = 16;

    /// <summary>Writes the segment, with its slash.</summary>
    public void Write(ArrayBufferWriter<byte> writer)
    {
        writer.Write("/"u8);
        Utf8Formatter.TryFormat(Value, writer.GetSpan(Digits), out var written, new StandardFormat('x', Digits));
        writer.Advance(written);
    }

    /// <summary>Whether a reason phrase is this number.</summary>
    public bool Is(ReadOnlySpan<byte> reason) =>
        reason.Length == Digits
        && Utf8Parser.TryParse(reason, out ulong value, out var consumed, 'x')
        && consumed == Digits
        && value == Value;
}
