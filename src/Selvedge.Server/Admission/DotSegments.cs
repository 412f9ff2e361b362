using System.Text;

namespace Selvedge.Server.Admission;

/// <summary>Removes dot segments from a path (RFC 3986 section 5.2.4) whose dots are not escaped.</summary>
/// <remarks>
/// Middleware that guards <c>/admin</c> is chosen by the path that routing sees; a function parses the same bytes with a URL
/// parser that folds <c>/x/../admin</c>. Folding here, once, keeps the two from disagreeing.
/// </remarks>
internal static class DotSegments
{
    /// <summary>Returns <paramref name="path"/> without dot segments; the same string when it has none.</summary>
    public static string Remove(string path) => HasDotSegment(path) ? RemoveSlow(path) : path;

    private static bool HasDotSegment(ReadOnlySpan<char> path)
    {
        while (!path.IsEmpty)
        {
            var end = path[1..].IndexOf('/');
            var segment = end < 0 ? path[1..] : path.Slice(1, end);
            if (segment is "." or "..")
            {
                return true;
            }

            path = end < 0 ? default : path[(end + 1)..];
        }

        return false;
    }

    private static string RemoveSlow(string path)
    {
        var kept = new List<string>();
        var segments = path[1..].Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var last = i == segments.Length - 1;
            if (segments[i] is "..")
            {
                if (kept.Count > 0)
                {
                    kept.RemoveAt(kept.Count - 1);
                }
            }
            else if (segments[i] is not ".")
            {
                kept.Add(segments[i]);
                continue;
            }

            // "/a/." and "/a/.." name directories: they keep their trailing slash.
            if (last)
            {
                kept.Add("");
            }
        }

        var result = new StringBuilder(path.Length);
        foreach (var segment in kept)
        {
            result.Append('/').Append(segment);
        }

        return result.Length == 0 ? "/" : result.ToString();
    }
}
