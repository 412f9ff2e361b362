using System.Text;

namespace Selvedge.Server.Admission;

/// <summary>Decodes the escapes in a path that need not be there (RFC 3986 section 6.2.2.2).</summary>
/// <remarks>
/// <c>/%61dmin</c> and <c>/admin</c> are the same path to every lookup and every function that decodes, so they must be the same to the
/// patterns that decide whether middleware guards it. Only letters, digits and <c>-._~</c> are decoded: an escape of any other character
/// may mean something else than the character does.
/// </remarks>
internal static class UnreservedEscapes
{
    /// <summary>Returns <paramref name="path"/> without such escapes; the same string when it has none.</summary>
    public static string Decode(string path)
    {
        var text = default(StringBuilder);
        var copied = 0;
        for (var at = path.IndexOf('%'); at >= 0; at = path.IndexOf('%', at + 1))
        {
            if (TryReadUnreserved(path.AsSpan(at + 1), out var character))
            {
                (text ??= new StringBuilder(path.Length)).Append(path, copied, at - copied).Append(character);
                copied = at + 3;
            }
        }

        return text is null ? path : text.Append(path, copied, path.Length - copied).ToString();
    }

    private static bool TryReadUnreserved(ReadOnlySpan<char> digits, out char character)
    {
        character = default;
        if (digits.Length < 2 || !char.IsAsciiHexDigit(digits[0]) || !char.IsAsciiHexDigit(digits[1]))
        {
            return false;
        }

        character = (char)((HexValue(digits[0]) << 4) | HexValue(digits[1]));
        return char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~';
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
