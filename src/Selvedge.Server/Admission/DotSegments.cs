using System.Text;

namespace Selvedge.Server.Admission;

/// <summary>Removes dot segments from a path (RFC 3986 section 5.2.4), encoded dots included as the WHATWG URL standard does.</summary>
/// <remarks>
/// Middleware that guards <c>/admin</c> is chosen by the path that routing sees; a function parses the same bytes with a URL
/// parser that folds <c>/x/%2e%2e/admin</c>. Folding here, once, keeps the two from disagreeing.
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
            if (IsDot(segment) || IsDoubleDot(segment))
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
            if (IsDoubleDot(segments[i]))
            {
                if (kept.Count > 0)
                {
                    kept.RemoveAt(kept.Count - 1);
                }
            }
            else if (!IsDot(segments[i]))
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

    private static bool IsDot(ReadOnlySpan<char> segment) => segment is "." || IsEncodedDot(segment);

    private static bool IsDoubleDot(ReadOnlySpan<char> segment) =>
        segment.Length switch
        {
            2 => segment is "..",
            4 => (segment[0] == '.' && IsEncodedDot(segment[1..])) || (segment[3] == '.' && IsEncodedDot(segment[..3])),
            6 => IsEncodedDot(segment[..3]) && IsEncodedDot(segment[3..]),
            _ => false,
        };

    private static bool IsEncodedDot(ReadOnlySpan<char> segment) => segment.Equals("%2e", StringComparison.OrdinalIgnoreCase);
}
