using Selvedge.Routing.Requests;
using Selvedge.Routing.Substitution;

namespace Selvedge.Routing.Middleware;

/// <summary>Tells the URLs of the site itself from those of others, in what middleware says.</summary>
internal static class SiteUrl
{
    /// <summary>A URL with its scheme, which <c>//host/path</c> leaves to the request.</summary>
    public static string WithScheme(string url, LiveRequest request) =>
        url.StartsWith("//", StringComparison.Ordinal) ? $"{request.Original.Scheme}:{url}" : url;

    /// <summary>
    /// A URL of this site as a path with query; <see langword="null"/> if it is of another origin. Which scheme the client used does
    /// not matter: behind a proxy, middleware cannot know.
    /// </summary>
    public static string? Localize(string url, LiveRequest request)
    {
        if (!ExternalUrl.IsAbsolute(url))
            return url.StartsWith('/') ? url : "/" + url;

        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.AsSpan(start).IndexOfAny('/', '?', '#');
        var authority = end < 0 ? url[start..] : url.Substring(start, end);
        if (!IsOwn(authority, request))
            return null;
        var rest = end < 0 ? "/" : url[(start + end)..];
        return rest.StartsWith('/') ? rest : "/" + rest;
    }

    private static bool IsOwn(string authority, LiveRequest request) =>
        string.Equals(authority, request.Original.Headers.Get("host"), StringComparison.OrdinalIgnoreCase)
        || string.Equals(authority, request.Original.Headers.Get("x-forwarded-host"), StringComparison.OrdinalIgnoreCase)
        || string.Equals(authority, request.Original.Host, StringComparison.OrdinalIgnoreCase);
}
