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
}
