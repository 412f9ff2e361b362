using System.Buffers;
using System.Buffers.Text;

namespace Selvedge.Streams.Protocol;

/// <summary>The two events of a live read: the bytes, and where they end.</summary>
public static class ServerSentEvent
{
    private static ReadOnlySpan<byte> DataHead => "event: data\n"u8;

    private static ReadOnlySpan<byte> Line => "data:"u8;

    /// <summary>The event that carries a page.</summary>
    /// <param name="body">The page, as a plain read would give it.</param>
    /// <param name="isText">False for types that are not text; they are carried as base64.</param>
    /// <remarks>
    /// CR, LF and CRLF end a line of an event stream, so a payload that holds them becomes several <c>data:</c> lines; otherwise a
    /// writer could forge events. Readers drop one space after the colon, so a line that begins with one gets another.
    /// </remarks>
    public static byte[] EncodeData(ReadOnlySpan<byte> body, bool isText)
    {
        var output = new ArrayBufferWriter<byte>(
            DataHead.Length + Line.Length + (isText ? body.Length + 16 : (body.Length * 4 / 3) + 16)
        );
        output.Write(DataHead);
        if (!isText)
            WriteBase64(body, output);
        else
            WriteLines(body, output);
        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The event that follows every page, and is sent alone when there is none.</summary>
    /// <param name="next">Where the next read goes on.</param>
    /// <param name="cursor">The cursor for it; left out once the stream is at its end.</param>
    /// <param name="upToDate">The reader has everything there is.</param>
    /// <param name="closed">The reader has everything there will be.</param>
    public static byte[] EncodeControl(long next, long cursor, bool upToDate, bool closed)
    {
        var offset = StreamOffset.Format(next);
        var rest = closed ? ",\"streamClosed\":true" : $",\"streamCursor\":\"{cursor}\"{(upToDate ? ",\"upToDate\":true" : "")}";
        return System.Text.Encoding.ASCII.GetBytes($"event: control\ndata:{{\"streamNextOffset\":\"{offset}\"{rest}}}\n\n");
    }

    private static void WriteBase64(ReadOnlySpan<byte> body, ArrayBufferWriter<byte> output)
    {
        output.Write(Line);
        var target = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(body.Length));
        Base64.EncodeToUtf8(body, target, out _, out var written);
        output.Advance(written);
        output.Write("\n"u8);
    }

    private static void WriteLines(ReadOnlySpan<byte> body, ArrayBufferWriter<byte> output)
    {
        while (true)
        {
            var end = body.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? body : body[..end];
            output.Write(Line);
            if (!line.IsEmpty && line[0] == ' ')
                output.Write(" "u8);
            output.Write(line);
            output.Write("\n"u8);
            if (end < 0)
                return;
            body = body[(end + (body[end..] is [(byte)'\r', (byte)'\n', ..] ? 2 : 1))..];
        }
    }
}
