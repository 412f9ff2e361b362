using System.Buffers.Text;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Selvedge.Functions.Wire;

/// <summary>Parses the head of an HTTP/1.1 response (RFC 9112 sections 4 and 5). Strict: what wrote it is Node.js.</summary>
internal static class ResponseHeadParser
{
    /// <summary>Names that come with nearly every response, so that they are not allocated each time.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownNames = FrozenSet
        .Create(
            StringComparer.Ordinal,
            "Age",
            "Cache-Control",
            "Connection",
            "Content-Encoding",
            "Content-Length",
            "Content-Type",
            "Date",
            "ETag",
            "Keep-Alive",
            "Link",
            "Location",
            "Set-Cookie",
            "Transfer-Encoding",
            "Vary",
            "X-Powered-By",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "etag",
            "keep-alive",
            "link",
            "location",
            "set-cookie",
            "transfer-encoding",
            "vary"
        )
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>After <c>HTTP/1.1 200 </c>.</summary>
    private const int ReasonStart = 13;

    /// <summary>Finds the head at the beginning of what has been received.</summary>
    /// <returns>Its length, with the empty line; 0 if it is not complete.</returns>
    public static int FindEnd(ReadOnlySpan<byte> received) =>
        received.IndexOf("\r\n\r\n"u8) is >= 0 and var index ? index + 4 : 0;

    /// <summary>The reason phrase of a head that is there (RFC 9112 section 4); empty if there is none.</summary>
    public static ReadOnlySpan<byte> Reason(ReadOnlySpan<byte> head)
    {
        var line = head[..head.IndexOf("\r\n"u8)];
        return line.Length > ReasonStart ? line[ReasonStart..] : [];
    }

    /// <summary>Parses a head.</summary>
    /// <param name="head">All of it, with the empty line.</param>
    /// <param name="answersHead">Whether the request's method was HEAD.</param>
    /// <returns>The head, or <see langword="null"/> if it is malformed.</returns>
    public static ResponseHead? Parse(ReadOnlySpan<byte> head, bool answersHead)
    {
        var line = TakeLine(ref head);
        if (!TryParseStatusLine(line, out var status, out var keepsConnection))
        {
            return null;
        }

        var headers = new List<KeyValuePair<string, string>>(12);
        long? length = null;
        var coding = "";
        while ((line = TakeLine(ref head)).Length > 0)
        {
            var colon = line.IndexOf((byte)':');
            if (colon <= 0)
            {
                return null;
            }

            var name = Name(line[..colon]);
            var value = Encoding.Latin1.GetString(line[(colon + 1)..].Trim(" \t"u8));
            if (!HeaderFields.IsToken(name) || !HeaderFields.IsValue(value))
            {
                return null;
            }

            if (Is(name, "content-length"))
            {
                if (!TryParseLength(value, out var parsed) || (length ?? parsed) != parsed)
                {
                    return null;
                }

                length = parsed;
                continue;
            }

            headers.Add(new(name, value));
            if (Is(name, "transfer-encoding"))
            {
                coding = coding.Length == 0 ? value : $"{coding}, {value}";
            }
            else if (Is(name, "connection") && value.Contains("close", StringComparison.OrdinalIgnoreCase))
            {
                keepsConnection = false;
            }
        }

        // Passed on once, and only where it says the truth: not beside a transfer coding (RFC 9112 section 6.3), not where there is
        // never a body (RFC 9110 section 8.6).
        if (length is { } announced && coding.Length == 0 && status is >= 200 and not 204)
        {
            headers.Add(new("content-length", announced.ToString(CultureInfo.InvariantCulture)));
        }

        var framing = Frame(status, answersHead, coding, length);
        return new(
            status,
            headers,
            framing,
            framing == BodyFraming.Length ? length!.Value : 0,
            // Two ways to frame a body are one too many to trust what follows it.
            keepsConnection && framing != BodyFraming.Close && (length is null || coding.Length == 0)
        );
    }

    /// <summary>RFC 9112 section 6.3.</summary>
    private static BodyFraming Frame(int status, bool answersHead, string coding, long? length)
    {
        if (answersHead || status is < 200 or 204 or 304)
        {
            return BodyFraming.None;
        }

        if (coding.Length > 0)
        {
            return Is(coding[(coding.LastIndexOf(',') + 1)..].Trim(), "chunked") ? BodyFraming.Chunked : BodyFraming.Close;
        }

        return length switch
        {
            null => BodyFraming.Close,
            0 => BodyFraming.None,
            _ => BodyFraming.Length,
        };
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf("\r\n"u8);
        var line = rest[..end];
        rest = rest[(end + 2)..];
        return line;
    }

    private static bool TryParseStatusLine(ReadOnlySpan<byte> line, out int status, out bool keepsConnection)
    {
        status = 0;
        keepsConnection = line.StartsWith("HTTP/1.1 "u8);
        return (keepsConnection || line.StartsWith("HTTP/1.0 "u8))
            && line.Length >= 12
            && (line.Length == 12 || line[12] == ' ')
            && !line[9..12].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Utf8Parser.TryParse(line[9..12], out status, out _);
    }

    private static bool TryParseLength(string value, out long length) =>
        long.TryParse(value, NumberStyles.None, provider: null, out length);

    private static string Name(ReadOnlySpan<byte> bytes)
    {
        Span<char> chars = stackalloc char[32];
        if (bytes.Length <= chars.Length)
        {
            var name = chars[..Encoding.Latin1.GetChars(bytes, chars)];
            if (KnownNames.TryGetValue(name, out var known))
            {
                return known;
            }
        }

        return Encoding.Latin1.GetString(bytes);
    }

    private static bool Is(string name, string expected) => string.Equals(name, expected, StringComparison.OrdinalIgnoreCase);
}
