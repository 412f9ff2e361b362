using System.Buffers;
using System.Globalization;
using System.Text;

namespace Selvedge.Routing.Substitution;

/// <summary>Writes captured text into URLs so that it cannot end the part of the URL it stands in.</summary>
internal static class UrlText
{
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"
    );

    // RFC 3986, section 3.3 (pchar, and the slash); brackets too, since outputs are named [slug].
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/[]|^`{}"
    );

    // RFC 3986, section 3.4, without what separates pairs and without the plus that means a space.
    private static readonly SearchValues<char> QueryCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,;=:@/?[]|^`{}"
    );

    /// <summary>Appends a captured text.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="text">The text; nothing for a group that took no part.</param>
    /// <param name="position">Where it will stand.</param>
    /// <param name="isEncoded">Whether it is part of a URL already, so that its percent signs are escapes and not text.</param>
    public static void Append(StringBuilder output, string? text, TextPosition position, bool isEncoded)
    {
        if (text is null)
            return;
        if (position == TextPosition.Plain || (position == TextPosition.Host && isEncoded))
        {
            output.Append(text);
            return;
        }

        var allowed = position switch
        {
            TextPosition.Host => HostCharacters,
            TextPosition.Path => PathCharacters,
            _ => QueryCharacters,
        };
        if (!text.AsSpan().ContainsAnyExcept(allowed))
            output.Append(text);
        else
            Encode(output, text, allowed, isEncoded);
    }

    /// <summary>Encodes what may not stand in a URL anywhere: controls, spaces, quotes and what is not ASCII.</summary>
    public static string EncodeInvalid(string url)
    {
        var output = new StringBuilder(url.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in url.EnumerateRunes())
        {
            if (rune.Value is > 0x20 and < 0x7f && rune.Value is not ('"' or '<' or '>' or '\\'))
                output.Append((char)rune.Value);
            else
                AppendEscaped(output, rune, bytes);
        }

        return output.Length == url.Length ? url : output.ToString();
    }

    private static void Encode(StringBuilder output, string text, SearchValues<char> allowed, bool isEncoded)
    {
        Span<byte> bytes = stackalloc byte[4];
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isEscape =
                isEncoded
                && rune.Value == '%'
                && position + 2 < text.Length
                && char.IsAsciiHexDigit(text[position + 1])
                && char.IsAsciiHexDigit(text[position + 2]);
            if (isEscape || (rune.IsBmp && allowed.Contains((char)rune.Value)))
                output.Append((char)rune.Value);
            else
                AppendEscaped(output, rune, bytes);
            position += rune.Utf16SequenceLength;
        }
    }

    private static void AppendEscaped(StringBuilder output, Rune rune, Span<byte> bytes)
    {
        var length = rune.EncodeToUtf8(bytes);
        foreach (var octet in bytes[..length])
            output.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
    }
}
