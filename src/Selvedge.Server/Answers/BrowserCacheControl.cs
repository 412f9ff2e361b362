namespace Selvedge.Server.Answers;

/// <summary>Turns an origin's <c>Cache-Control</c> into the one a browser gets.</summary>
/// <remarks>
/// <c>s-maxage</c>, <c>stale-while-revalidate</c> and <c>stale-if-error</c> are addressed to the edge and consumed there; what
/// is left governs the browser. With nothing left a browser asks again each time, because only the edge hears of a purge.
/// </remarks>
internal static class BrowserCacheControl
{
    /// <summary>What a browser is told when nothing else was said.</summary>
    public const string Default = "public, max-age=0, must-revalidate";

    /// <summary>The field for the browser, given the origin's (<see langword="null"/> if it sent none).</summary>
    public static string From(string? origin)
    {
        if (string.IsNullOrWhiteSpace(origin))
        {
            return Default;
        }

        if (!HasEdgeDirective(origin))
        {
            return origin;
        }

        var kept = origin
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(directive => !IsEdgeDirective(directive))
            .ToList();
        // "public" alone would let a browser guess a lifetime for what was meant to live at the edge only.
        return kept.Count == 0 || kept is ["public"] ? Default : string.Join(", ", kept);
    }

    private static bool HasEdgeDirective(string value) =>
        value.Contains("s-maxage", StringComparison.OrdinalIgnoreCase)
        || value.Contains("stale-", StringComparison.OrdinalIgnoreCase);

    private static bool IsEdgeDirective(string directive)
    {
        var name = directive.AsSpan(0, directive.IndexOf('=') is var at and >= 0 ? at : directive.Length).Trim();
        return name.Equals("s-maxage", StringComparison.OrdinalIgnoreCase)
            || name.Equals("stale-while-revalidate", StringComparison.OrdinalIgnoreCase)
            || name.Equals("stale-if-error", StringComparison.OrdinalIgnoreCase);
    }
}
