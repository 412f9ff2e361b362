using System.Globalization;

namespace Selvedge.Caching.Fields;

/// <summary>Reads what <c>Accept-Language</c> prefers (RFC 9110 section 12.5.4).</summary>
internal static class LanguagePreference
{
    /// <summary>
    /// The one language that is wanted more than all others; <see langword="null"/> if there is none, because then only the origin
    /// knows what to choose.
    /// </summary>
    public static string? First(string acceptLanguage)
    {
        string? first = null;
        var best = 0.0;
        foreach (var member in FieldList.Split(acceptLanguage))
        {
            var semicolon = member.IndexOf(';');
            var weight = semicolon < 0 ? 1 : WeightOf(member.AsSpan(semicolon + 1));
            if (weight >= best)
            {
                first = weight > best ? (semicolon < 0 ? member : member[..semicolon].TrimEnd()) : null;
                best = weight;
            }
        }

        return first == "*" ? null : first;
    }

    private static double WeightOf(ReadOnlySpan<char> parameter)
    {
        parameter = parameter.Trim();
        return
            parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            ? weight
            : 0;
    }
}
