namespace Selvedge.Streams.Subscriptions;

/// <summary>A pattern for stream ids, segment by segment: <c>*</c> is one segment, <c>**</c> any number, none included.</summary>
public static class StreamGlob
{
    /// <summary>The longest pattern, in segments.</summary>
    public const int MaxSegments = 64;

    /// <summary>Whether an id matches.</summary>
    public static bool Matches(string pattern, string id) => Matches(pattern.Split('/'), id.Split('/'));

    // Falls back to the last ** only, as one does for * in file names, so the work is at most one length times the other.
    private static bool Matches(string[] pattern, string[] segments)
    {
        var (p, s) = (0, 0);
        var (star, resume) = (-1, 0);
        while (s < segments.Length)
        {
            if (p < pattern.Length && pattern[p] == "**")
            {
                star = p++;
                resume = s;
            }
            else if (p < pattern.Length && (pattern[p] == "*" || Literal(pattern[p]) == segments[s]))
            {
                p++;
                s++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                s = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == "**")
            p++;
        return p == pattern.Length;
    }

    // An id may hold an asterisk; a pattern names it by its code.
    private static string Literal(string segment) => segment.Replace("%2A", "*", StringComparison.OrdinalIgnoreCase);
}
