using System.Globalization;

namespace Selvedge.Routing.Patterns;

/// <summary>Reads an escape that stands for one character (ECMA-262, CharacterEscape with annex B).</summary>
internal static class JsEscape
{
    /// <summary>Reads the escape whose backslash is just before <paramref name="position"/>, and moves past it.</summary>
    public static char Read(string source, ref int position)
    {
        var c = source[position++];
        switch (c)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'v':
                return '\v';
            case 'f':
                return '\f';
            case 'r':
                return '\r';
            case 'c':
                return Control(source, ref position);
            case 'x':
                return Hex(source, ref position, 2) ?? c;
            case 'u':
                return Hex(source, ref position, 4) ?? c;
            case >= '0' and <= '7':
                position--;
                return Octal(source, ref position);
            default:
                // An escape without a meaning is the character itself: \/ \- \. and, without the u flag, letters too.
                return c;
        }
    }

    private static char Control(string source, ref int position)
    {
        if (position < source.Length && char.IsAsciiLetter(source[position]))
            return (char)(source[position++] % 32);

        // \c before anything else is a backslash, and the c is read again as itself.
        position--;
        return '\\';
    }

    private static char? Hex(string source, ref int position, int digits)
    {
        if (position + digits > source.Length)
            return null;
        if (
            !ushort.TryParse(
                source.AsSpan(position, digits),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var code
            )
        )
            return null;
        position += digits;
        return (char)code;
    }

    private static char Octal(string source, ref int position)
    {
        var code = 0;
        for (var n = 0; n < 3 && position < source.Length && source[position] is >= '0' and <= '7'; n++)
        {
            var next = (code * 8) + (source[position] - '0');
            if (next > 255)
                break;
            code = next;
            position++;
        }

        return (char)code;
    }
}
