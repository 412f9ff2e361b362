using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Selvedge.Server.Errors;

/// <summary>Chooses the form of an error answer (RFC 9110 section 12.5.1).</summary>
internal static class AcceptedFormat
{
    private const int NamedExactly = 2;

    /// <summary>The form the client prefers; text when it states no preference or one that cannot be parsed.</summary>
    public static ErrorFormat Of(StringValues accept)
    {
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var accepted))
        {
            return ErrorFormat.Text;
        }

        var best = (Format: ErrorFormat.Text, Weight: WeightOf(accepted, "text", "plain"));
        Consider(ErrorFormat.Html, WeightOf(accepted, "text", "html"));
        Consider(ErrorFormat.Json, WeightOf(accepted, "application", "json"));
        return best.Format;

        // Between equals a program that names JSON beside text means JSON; wildcards alone leave it at text.
        void Consider(ErrorFormat format, (double Quality, int Specificity) weight)
        {
            var order = weight.CompareTo(best.Weight);
            if (weight.Quality > 0 && (order > 0 || (order == 0 && weight.Specificity == NamedExactly)))
            {
                best = (format, weight);
            }
        }
    }

    // The most specific range that matches decides.
    private static (double Quality, int Specificity) WeightOf(IList<MediaTypeHeaderValue> accepted, string type, string subtype)
    {
        var best = (Quality: 0.0, Specificity: -1);
        foreach (var range in accepted)
        {
            var specificity = SpecificityOf(range, type, subtype);
            if (specificity > best.Specificity)
            {
                best = (range.Quality ?? 1, specificity);
            }
        }

        return best;
    }

    private static int SpecificityOf(MediaTypeHeaderValue range, string type, string subtype)
    {
        if (range.MatchesAllTypes)
        {
            return 0;
        }

        if (!range.Type.Equals(type, StringComparison.OrdinalIgnoreCase))
        {
            return -1;
        }

        return range.MatchesAllSubTypes ? 1
            : range.SubType.Equals(subtype, StringComparison.OrdinalIgnoreCase) ? NamedExactly
            : -1;
    }
}
