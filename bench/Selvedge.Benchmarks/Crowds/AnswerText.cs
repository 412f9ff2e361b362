using System.Buffers.Text;
using System.Text;

namespace Selvedge.Benchmarks.Crowds;

/// <summary>Reads HTTP/1.1 responses as a crowd received them.</summary>
internal static class AnswerText
{
    /// <summary>The length a head declares; -1 if the body comes in chunks.</summary>
    /// <param name="head">Status line and header lines, the last line break included.</param>
    public static int LengthOf(ReadOnlySpan<byte> head)
    {
        var lines = head;
        while (lines.IndexOf("\r\n"u8) is var end and >= 0)
        {
            var line = lines[..end];
            lines = lines[(end + 2)..];
            if (
                line.Length > 15
                && Ascii.EqualsIgnoreCase(line[..15], "content-length:"u8)
                && Utf8Parser.TryParse(line[15..].TrimStart((byte)' '), out int length, out _)
            )
            {
                return length;
            }
        }

        return -1;
    }

    /// <summary>The status; 0 if there is none.</summary>
    public static int StatusOf(ReadOnlySpan<byte> answer) =>
        answer.Length > 12 && answer.StartsWith("HTTP/1.1 "u8) && int.TryParse(answer[9..12], out var status) ? status : 0;

    /// <summary>The body without its transfer coding; <see langword="null"/> if the coding is not as it should be.</summary>
    public static byte[]? BodyOf(ReadOnlySpan<byte> answer, int bodyAt)
    {
        var body = answer[bodyAt..];
        if (LengthOf(answer[..(bodyAt - 2)]) is var length and >= 0)
        {
            // More than was declared would belong to no request.
            return body.Length == length ? body.ToArray() : null;
        }

        using var whole = new MemoryStream();
        while (body.IndexOf("\r\n"u8) is var end and > 0)
        {
            if (!Utf8Parser.TryParse(body[..end], out int size, out _, 'x') || body.Length < end + size + 4)
            {
                return null;
            }

            if (size == 0)
            {
                return body.Length == end + 4 ? whole.ToArray() : null;
            }

            whole.Write(body.Slice(end + 2, size));
            body = body[(end + 2 + size + 2)..];
        }

        return null;
    }
}
