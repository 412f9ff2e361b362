namespace Selvedge.Caching.Fields;

/// <summary>Compares entity tags (RFC 9110 section 8.8.3).</summary>
public static class EntityTags
{
    /// <summary>Whether <c>If-None-Match</c> names the tag, or any (<c>*</c>); weak comparison.</summary>
    public static bool Matches(string ifNoneMatch, string entityTag)
    {
        if (ifNoneMatch.AsSpan().Trim(" \t") is "*")
        {
            return true;
        }

        foreach (var candidate in FieldList.Split(ifNoneMatch))
        {
            if (Opaque(candidate).SequenceEqual(Opaque(entityTag)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether two tags are equal and neither is weak.</summary>
    public static bool AreSame(string left, string right) => left == right && !IsWeak(left);

    private static bool IsWeak(string tag) => tag.StartsWith("W/", StringComparison.Ordinal);

    private static ReadOnlySpan<char> Opaque(string tag) => IsWeak(tag) ? tag.AsSpan(2) : tag;
}
