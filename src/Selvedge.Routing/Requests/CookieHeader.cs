namespace Selvedge.Routing.Requests;

/// <summary>Reads one cookie out of a <c>Cookie</c> header (RFC 6265, section 5.4).</summary>
internal static class CookieHeader
{
    /// <summary>The value of the first cookie with a name, as it was sent; names are compared exactly.</summary>
    public static string? Find(string? header, string name)
    {
        if (header is null)
            return null;

        foreach (var range in header.AsSpan().Split(';'))
        {
            var pair = header.AsSpan(range).Trim();
            if (pair.Length > name.Length && pair[name.Length] == '=' && pair.StartsWith(name, StringComparison.Ordinal))
                return Unquote(pair[(name.Length + 1)..]).ToString();
        }

        return null;
    }

    private static ReadOnlySpan<char> Unquote(ReadOnlySpan<char> value) => value is ['"', .., '"'] ? value[1..^1] : value;
}
