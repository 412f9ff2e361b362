using Selvedge.Server.Admission;

namespace Selvedge.Server.Caching;

/// <summary>Names the resources of a deployment for the cache.</summary>
internal static class CacheKeys
{
    /// <summary>
    /// The key of the resource a request names: revision, scheme, authority, path and query. Path and query are what the client
    /// wrote, so nothing is keyed on another form than the one that is sent on.
    /// </summary>
    public static string Of(AdmittedRequest request)
    {
        var http = request.Http.Request;
        return Of(request.Deployment.Deployment.Id, http.Scheme, http.Host.Value, request.Target);
    }

    /// <summary>The key of what a request's response points to, if it lies on the same site (RFC 9111 section 4.4).</summary>
    public static string? OfReference(AdmittedRequest request, string reference)
    {
        var http = request.Http.Request;
        if (
            !Uri.TryCreate($"{http.Scheme}://{http.Host.Value}{request.Target.Path}", UriKind.Absolute, out var here)
            || !Uri.TryCreate(here, reference, out var there)
            || !string.Equals(here.Authority, there.Authority, StringComparison.OrdinalIgnoreCase)
            || here.Scheme != there.Scheme
        )
        {
            return null;
        }

        var target = new RequestTarget(there.AbsolutePath, there.Query.TrimStart('?'));
        return Of(request.Deployment.Deployment.Id, http.Scheme, http.Host.Value, target);
    }

    /// <summary>The key of an absolute URL, path and query as they are; <see langword="null"/> if it is none.</summary>
    public static string? OfUrl(string revision, string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || url[..scheme] is not ("http" or "https"))
        {
            return null;
        }

        var pathAt = url.IndexOf('/', scheme + 3);
        return pathAt <= scheme + 3 || url.Contains('#', StringComparison.Ordinal)
            ? null
            : $"{revision} {url[..(scheme + 3)]}{Normalise(url[(scheme + 3)..pathAt], url[..scheme])}{url[pathAt..]}";
    }

    /// <summary>The authority that a request names, as keys have it.</summary>
    public static string AuthorityOf(AdmittedRequest request) =>
        Normalise(request.Http.Request.Host.Value ?? "", request.Http.Request.Scheme);

    private static string Of(string revision, string scheme, string? host, RequestTarget target)
    {
        var authority = Normalise(host ?? "", scheme);
        return target.Query.Length == 0
            ? $"{revision} {scheme}://{authority}{target.Path}"
            : $"{revision} {scheme}://{authority}{target.Path}?{target.Query}";
    }

    // One host, one name: lower case, without the default port and without the dot of the root.
    private static string Normalise(string host, string scheme)
    {
        var suffix = scheme == "https" ? ":443" : ":80";
        if (host.EndsWith(suffix, StringComparison.Ordinal))
        {
            host = host[..^suffix.Length];
        }

        return host.TrimEnd('.').ToLowerInvariant();
    }
}
