namespace Selvedge.Streams.Protocol;

/// <summary>The validator of a read, the same on every read path (RFC 9110 section 8.8.3).</summary>
public static class EntityTag
{
    /// <summary>
    /// Names the bytes from <paramref name="start"/> to <paramref name="end"/> of one incarnation of a stream. A stream that was
    /// deleted and made again has another id; closing a stream changes the tag of the page that ends it.
    /// </summary>
    public static string Format(ulong streamId, long start, long end, bool closedAtEnd) =>
        closedAtEnd ? $"\"{streamId:x}:{start}:{end}:c\"" : $"\"{streamId:x}:{start}:{end}\"";

    /// <summary>True when an <c>If-None-Match</c> value holds the tag: a list, <c>*</c>, weak or strong (RFC 9110 section 13.1.2).</summary>
    public static bool Matches(string ifNoneMatch, string tag)
    {
        var rest = ifNoneMatch.AsSpan().Trim();
        if (rest is "*")
            return true;
        while (!rest.IsEmpty)
        {
            if (rest.StartsWith("W/", StringComparison.Ordinal))
                rest = rest[2..];
            if (rest.IsEmpty || rest[0] != '"')
                return false;
            var close = rest[1..].IndexOf('"');
            if (close < 0)
                return false;
            if (rest[..(close + 2)].SequenceEqual(tag))
                return true;
            rest = rest[(close + 2)..].TrimStart(" \t,");
        }

        return false;
    }
}
