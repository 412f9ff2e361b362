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
        IsSame(authority, request.Original.Headers.Get("host"))
        || IsSame(authority, request.Original.Headers.Get("x-forwarded-host"))
        || IsSame(authority, request.Original.Host);

    private static bool IsSame(string authority, string? own) =>
        string.Equals(authority, own, StringComparison.OrdinalIgnoreCase)
        || (PortOfThisMachine(authority) is { } port && string.Equals(port, PortOfThisMachine(own), StringComparison.Ordinal));

    /// <summary>
    /// The port, if the host is a name of the machine itself: to Next.js they are all <c>localhost</c>, whichever the client used.
    /// </summary>
    private static string? PortOfThisMachine(string? authority)
    {
        foreach (var name in (ReadOnlySpan<string>)["localhost", "127.0.0.1", "[::1]"])
        {
            if (authority?.StartsWith(name, StringComparison.OrdinalIgnoreCase) == true)
            {
                var rest = authority[name.Length..];
                return rest.Length == 0 || rest[0] == ':' ? rest : null;
            }
        }

        return null;
    }
}
