namespace Selvedge.Prerender.Entries;

/// <summary>The part of a query that a prerender's answer depends on.</summary>
internal static class KeyQuery
{
    /// <summary>Keeps the pairs whose key is allowed, as they were encoded, in the order of their keys.</summary>
    /// <param name="query">A query without question mark.</param>
    /// <param name="allowed">The keys; <see langword="null"/> allows all, an empty list none.</param>
    public static string Select(string query, IReadOnlyList<string>? allowed)
    {
        if (query.Length == 0 || allowed is { Count: 0 })
        {
            return "";
        }

        var pairs = query
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => (Key: KeyOf(pair), Pair: pair))
            .Where(pair => allowed is null || allowed.Contains(pair.Key, StringComparer.Ordinal))
            .ToList();
        // A stable sort: the order of the values of one key may mean something.
        return pairs.Count switch
        {
            0 => "",
            1 => pairs[0].Pair,
            _ => string.Join('&', pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Pair)),
        };
    }

    private static string KeyOf(string pair)
    {
        var end = pair.IndexOf('=', StringComparison.Ordinal);
        var key = end < 0 ? pair : pair[..end];
        return key.AsSpan().IndexOfAny('%', '+') < 0 ? key : Uri.UnescapeDataString(key.Replace('+', ' '));
    }
}
