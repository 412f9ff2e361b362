using System.Collections.Frozen;
using Selvedge.Caching.Fields;
using Selvedge.Routing;

namespace Selvedge.Server.Caching;

/// <summary>What routes say about caching counts like what the target says itself.</summary>
internal static class RoutedResponse
{
    private static readonly FrozenSet<string> Governing = new[]
    {
        "cache-control",
        "cdn-cache-control",
        CacheTags,
        "vercel-cdn-cache-control",
        "vary",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private const string CacheTags = Selvedge.Caching.CacheTags.FieldName;

    /// <summary>A target's header lines with the governing fields of its route, where those count.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Govern(
        IReadOnlyList<KeyValuePair<string, string>> lines,
        RouteDecision decision
    )
    {
        List<KeyValuePair<string, string>>? governed = null;
        foreach (var routed in decision.ResponseHeaders)
        {
            if (!Governing.Contains(routed.Name) || routed.Precedence is HeaderPrecedence.Append)
            {
                continue;
            }

            if (routed.Precedence is HeaderPrecedence.Override || !FieldLines.Has(governed ?? lines, routed.Name))
            {
                governed ??= [.. lines];
                governed.RemoveAll(line => line.Key.Equals(routed.Name, StringComparison.OrdinalIgnoreCase));
                governed.Add(new(routed.Name, routed.Value));
            }
        }

        return governed ?? lines;
    }
}
