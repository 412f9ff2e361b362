using Selvedge.Routing.Requests;

namespace Selvedge.Routing.Substitution;

/// <summary>The URLs of other origins that routes and middleware send requests to.</summary>
internal static class ExternalUrl
{
    /// <summary>Whether a text begins as the URL of an origin does.</summary>
    public static bool IsAbsolute(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Puts a URL together, if captures have not bent it.</summary>
    /// <param name="origin">The URL before the question mark, filled in.</param>
    /// <param name="query">The query, filled in and merged.</param>
    /// <returns>The URL; <see langword="null"/> if its host is not plainly a host, or its path leads up.</returns>
    public static string? Compose(string origin, string query)
    {
        if (!IsAbsolute(origin))
            return null;

        var start = origin.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = origin.IndexOf('/', start);
        var authority = end < 0 ? origin.AsSpan(start) : origin.AsSpan(start, end - start);
        if (!IsAuthority(authority) || (end >= 0 && !PathSafety.IsSafe(origin[end..])))
            return null;

        var url = query.Length == 0 ? origin : $"{origin}?{query}";
        url = UrlText.EncodeInvalid(url);
        return Uri.TryCreate(url, UriKind.Absolute, out _) ? url : null;
    }

    /// <summary>The origin of an absolute URL, and its path and query.</summary>
    public static (string Scheme, string Authority, string Path, string Query)? Split(string url)
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || !(uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        )
            return null;
        return (uri.Scheme, uri.Authority, uri.AbsolutePath, uri.Query.TrimStart('?'));
    }

    /// <summary>A host and an optional port. No user: <c>https://good@evil</c> is a request to evil.</summary>
    private static bool IsAuthority(ReadOnlySpan<char> authority)
    {
        foreach (var c in authority)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_' or ':' or '[' or ']'))
                return false;
        }

        return !authority.IsEmpty;
    }
}
