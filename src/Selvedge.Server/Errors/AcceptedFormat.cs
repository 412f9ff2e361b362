using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Selvedge.Server.Errors;

/// <summary>Chooses the form of an error answer (RFC 9110 section 12.5.1).</summary>
internal static class AcceptedFormat
{
    /// <summary>The form the client prefers; text when it states no preference or one that cannot be parsed.</summary>
    public static ErrorFormat Of(StringValues accept)
    {
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var accepted))
        {
            return ErrorFormat.Text;
        }

        var html = QualityOf(accepted, "text", "html");
        var json = QualityOf(accepted, "application", "json");
        var text = QualityOf(accepted, "text", "plain");
        if (html > 0 && html >= json && html >= text)
        {
            return html == text && !Names(accepted, "html") ? ErrorFormat.Text : ErrorFormat.Html;
        }

        return json > text || (json > 0 && json == text && Names(accepted, "json")) ? ErrorFormat.Json : ErrorFormat.Text;
    }

    // The most specific range that matches decides.
    private static double QualityOf(IList<MediaTypeHeaderValue> accepted, string type, string subtype)
    {
        var best = (Specificity: -1, Quality: 0.0);
        foreach (var range in accepted)
        {
            var specificity =
                range.MatchesAllTypes ? 0
                : !range.Type.Equals(type, StringComparison.OrdinalIgnoreCase) ? -1
                : range.MatchesAllSubTypes ? 1
                : range.SubType.Equals(subtype, StringComparison.OrdinalIgnoreCase) ? 2
                : -1;
            if (specificity > best.Specificity)
            {
                best = (specificity, range.Quality ?? 1);
            }
        }

        return best.Quality;
    }

    private static bool Names(IList<MediaTypeHeaderValue> accepted, string subtype) =>
        accepted.Any(range => range.SubType.Equals(subtype, StringComparison.OrdinalIgnoreCase));
}
