using System.Globalization;

namespace Selvedge.Caching.Fields;

/// <summary>Dates in the three forms a recipient must accept (RFC 9110 section 5.6.7).</summary>
/// <remarks>The weekday is redundant and often wrong, so nothing depends on it.</remarks>
public static class HttpDate
{
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>Parses a date; <see langword="null"/> if it is absent or in no known form.</summary>
    /// <param name="text">The field's value.</param>
    /// <param name="now">A two-digit year lies at most 50 years ahead of it.</param>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text, DateTimeOffset now)
    {
        text = text.Trim(" \t");
        var comma = text.IndexOf(", ");
        if (comma < 0)
        {
            // Sun Nov  6 08:49:37 1994
            return text.Length == 24 && text[10] == ' ' && text[19] == ' '
                ? Compose(text[20..], text[4..7], text[8] == ' ' ? text[9..10] : text[8..10], text[11..19])
                : null;
        }

        text = text[(comma + 2)..];
        if (!text.EndsWith(" GMT", StringComparison.Ordinal))
        {
            return null;
        }

        return text switch
        {
            // 06 Nov 1994 08:49:37 GMT
            { Length: 24 } when text[2] == ' ' && text[6] == ' ' && text[11] == ' ' => Compose(
                text[7..11],
                text[3..6],
                text[..2],
                text[12..20]
            ),
            // 06-Nov-94 08:49:37 GMT
            { Length: 22 } when text[2] == '-' && text[6] == '-' && text[9] == ' ' && TwoDigitYear(text[7..9], now) is { } year =>
                Compose(year, text[3..6], text[..2], text[10..18]),
            _ => null,
        };
    }

    /// <summary>Writes a date in the preferred form.</summary>
    public static string Format(DateTimeOffset date) => date.ToString("R", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Compose(
        ReadOnlySpan<char> year,
        ReadOnlySpan<char> month,
        ReadOnlySpan<char> day,
        ReadOnlySpan<char> time
    )
    {
        var monthAt = Months.AsSpan().IndexOf(month, StringComparison.OrdinalIgnoreCase);
        return
            monthAt % 3 == 0
            && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            && int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var d)
            && y >= 1
            && d >= 1
            && d <= DateTime.DaysInMonth(y, (monthAt / 3) + 1)
            && TimeSpan.TryParseExact(time, @"hh\:mm\:ss", CultureInfo.InvariantCulture, out var t)
            ? new DateTimeOffset(y, (monthAt / 3) + 1, d, 0, 0, 0, TimeSpan.Zero) + t
            : null;
    }

    private static string? TwoDigitYear(ReadOnlySpan<char> text, DateTimeOffset now)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
        {
            return null;
        }

        year += now.Year / 100 * 100;
        return (year > now.Year + 50 ? year - 100 : year).ToString("0000", CultureInfo.InvariantCulture);
    }
}
