namespace Selvedge.Server.Functions;

/// <summary>Selects the query a prerender may see.</summary>
internal static class AllowedQuery
{
    /// <summary>Keeps the pairs whose key is allowed, as they were encoded and in their order.</summary>
    /// <param name="query">A query without question mark.</param>
    /// <param name="allowed">The keys; <see langword="null"/> allows all, an empty list none.</param>
    public static string Select(string query, IReadOnlyList<string>? allowed)
    {
        if (allowed is null || query.Length == 0)
        {
            return query;
        }

        var kept = query.Split('&').Where(pair => allowed.Contains(KeyOf(pair), StringComparer.Ordinal));
        return string.Join('&', kept);
    }

    private static string KeyOf(string pair)
    {
        var end = pair.IndexOf('=');
        var key = end < 0 ? pair : pair[..end];
        return Uri.UnescapeDataString(key.Replace('+', ' '));
    }
}
