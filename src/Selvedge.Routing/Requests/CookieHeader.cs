namespace Selvedge.Routing.Requests;

/// <summary>Reads one cookie out of a <c>Cookie</c> header (RFC 6265, section 5.4).</summary>
internal static class CookieHeader
{
    /// <summary>The value of the first cookie with a name, as it was sent; names are compared exactly.</summary>
    public static string? Find(string? header, string name) => TryFind(header, name, out var value) ? value.ToString() : null;

    /// <summary>Whether a cookie has a value, or is absent if that is <see langword="null"/>.</summary>
    public static bool Has(string? header, string name, string? value) =>
        TryFind(header, name, out var found) ? value is not null && found.Equals(value, StringComparison.Ordinal) : value is null;

    private static bool TryFind(string? header, string name, out ReadOnlySpan<char> value)
    {
        foreach (var range in header.AsSpan().Split(';'))
        {
            var pair = header.AsSpan(range).Trim();
            if (pair.Length > name.Length && pair[name.Length] == '=' && pair.StartsWith(name, StringComparison.Ordinal))
            {
                value = Unquote(pair[(name.Length + 1)..]);
                return true;
            }
        }

        value = default;
        return false;
    }

    private static ReadOnlySpan<char> Unquote(ReadOnlySpan<char> value) => value is ['"', .., '"'] ? value[1..^1] : value;
}
