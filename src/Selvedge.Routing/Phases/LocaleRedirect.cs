using Selvedge.Routing.Config;
using Selvedge.Routing.Requests;
using Selvedge.Routing.Substitution;

namespace Selvedge.Routing.Phases;

/// <summary>Chooses where to send a client by its language.</summary>
internal static class LocaleRedirect
{
    /// <summary>The location for the client's language; <see langword="null"/> if it is where it should be.</summary>
    /// <remarks>
    /// A cookie that names a language of the site decides; otherwise the first language of <c>Accept-Language</c> does, as observed of
    /// the platform: no weights, no falling back from <c>en-US</c> to <c>en</c>.
    /// </remarks>
    public static string? Find(LocaleConfig locale, LiveRequest request)
    {
        var location = locale.Cookie is { } cookie ? Location(locale, request.Cookie(cookie)) : null;
        location ??= Location(locale, FirstLanguage(request.Header("accept-language")));
        return location is null || IsHere(location, request) ? null : location;
    }

    private static string? Location(LocaleConfig locale, string? language)
    {
        if (string.IsNullOrEmpty(language))
            return null;
        foreach (var (tag, location) in locale.Redirects)
        {
            if (string.Equals(tag, language, StringComparison.OrdinalIgnoreCase))
                return location;
        }

        return null;
    }

    private static string? FirstLanguage(string? header)
    {
        if (header is null)
            return null;
        var end = header.AsSpan().IndexOfAny(',', ';');
        return (end < 0 ? header : header[..end]).Trim();
    }

    /// <summary>Whether the client is at a location already, or on the site that belongs to the language.</summary>
    private static bool IsHere(string location, LiveRequest request)
    {
        var path = location;
        if (ExternalUrl.IsAbsolute(location))
        {
            if (ExternalUrl.Split(location) is not { } url)
                return false;
            if (!string.Equals(url.Authority, request.Host, StringComparison.OrdinalIgnoreCase))
                return false;
            path = url.Path;
            if (path is "/")
                return true;
        }

        return string.Equals(path, request.Original.Path, StringComparison.Ordinal)
            || string.Equals(path, request.Path, StringComparison.Ordinal);
    }
}
