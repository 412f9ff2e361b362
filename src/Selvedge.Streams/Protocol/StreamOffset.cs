using System.Globalization;

namespace Selvedge.Streams.Protocol;

/// <summary>The wire form of a position in a stream.</summary>
/// <remarks>
/// An offset is 16 digits, an underscore and 16 digits: fixed width, so that offsets sort as text exactly as positions do. The second
/// number is the position in the stored bytes and a last digit, which is zero in everything this server emits. There are clients that add
/// one to an offset to say "behind this" (the compaction of y-durable-streams does): they name the gap between two positions, which reads
/// as the position before it. So the last digit is ignored, and no message or byte is skipped. The first number is reserved
/// for retention (it would count the times a stream's head was cut) and is zero in everything this server emits; an offset with another
/// value lies beyond every tail. <c>docs/decisions/0045-an-offset-plus-one-is-the-same-position.md</c>.
/// </remarks>
public static class StreamOffset
{
    /// <summary>The largest position that has a wire form.</summary>
    public const long MaxPosition = 999_999_999_999_999;

    private const int Digits = 16;
    private const int Step = 10;
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
                (value * Step).TryFormat(text[(Digits + 1)..], out _, "D16", CultureInfo.InvariantCulture);
            }
        );
    }

    /// <summary>Reads a wire form back; false for anything this server could not have emitted or compared.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long position)
    {
        position = 0;
        if (text.Length != Length || text[Digits] != '_')
            return false;
        if (!TryParseDigits(text[..Digits], out var head) || !TryParseDigits(text[(Digits + 1)..], out var counted))
            return false;
        position = head == 0 ? counted / Step : long.MaxValue;
        return true;
    }

    private static bool TryParseDigits(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
