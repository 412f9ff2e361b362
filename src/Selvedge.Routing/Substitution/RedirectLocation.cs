using Selvedge.Routing.Requests;

namespace Selvedge.Routing.Substitution;

/// <summary>Makes the location of a redirect safe to send.</summary>
internal static class RedirectLocation
{
    /// <summary>
    /// Encodes what no URL may hold, and keeps a location on this site if its route meant this site: with <c>/$1</c> a path of
    /// <c>//evil.example/</c> must not become the URL of another host.
    /// </summary>
    /// <param name="location">The location, filled in.</param>
    /// <param name="leadingText">The text its template begins with.</param>
    public static string Clean(string location, string leadingText)
    {
        var clean = UrlText.EncodeInvalid(location);
        if (!clean.StartsWith("//", StringComparison.Ordinal) || leadingText.StartsWith("//", StringComparison.Ordinal))
            return clean;
        return "/" + clean.TrimStart('/');
    }

    /// <summary>
    /// The location with the request's query. What the location says itself wins, as a destination does; a fragment stays at the end.
    /// </summary>
    public static string WithQuery(string location, string query)
    {
        if (query.Length == 0)
            return location;

        var fragmentAt = location.IndexOf('#');
        var fragment = fragmentAt < 0 ? "" : location[fragmentAt..];
        var target = fragmentAt < 0 ? location : location[..fragmentAt];
        var queryAt = target.IndexOf('?');
        var merged = queryAt < 0 ? query : QueryString.Merge(target[(queryAt + 1)..], query);
        return $"{(queryAt < 0 ? target : target[..queryAt])}?{merged}{fragment}";
    }
}
