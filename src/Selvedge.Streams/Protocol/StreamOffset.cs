using System.Globalization;

namespace Selvedge.Streams.Protocol;

/// <summary>The wire form of a position in a stream.</summary>
/// <remarks>
/// An offset is 16 digits, an underscore and 16 digits: fixed width, so that offsets sort as text exactly as positions do. The second
/// number is the position in the stored bytes. The first is reserved for retention (it would count the times a stream's head was cut)
/// and is zero in everything this server emits; an offset with another value lies beyond every tail.
/// </remarks>
public static class StreamOffset
{
    /// <summary>The largest position that has a wire form.</summary>
    public const long MaxPosition = 9_999_999_999_999_999;

    private const int Digits = 16;
    private const int Length = Digits + 1 + Digits;

    /// <summary>The wire form of <paramref name="position"/>.</summary>
    public static string Format(long position)
    {
        return string.Create(
            Length,
            position,
            static (text, value) =>
            {
                text[..Digits].Fill('0');
                text[Digits] = '_';
                value.TryFormat(text[(Digits + 1)..], out _, "D16", CultureInfo.InvariantCulture);
            }
        );
    }

    /// <summary>Reads a wire form back; false for anything this server could not have emitted or compared.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long position)
    {
        position = 0;
        if (text.Length != Length || text[Digits] != '_')
            return false;
        if (!TryParseDigits(text[..Digits], out var head) || !TryParseDigits(text[(Digits + 1)..], out position))
            return false;
        if (head != 0)
            position = long.MaxValue;
        return true;
    }

    private static bool TryParseDigits(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
