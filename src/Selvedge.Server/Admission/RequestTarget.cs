namespace Selvedge.Server.Admission;

/// <summary>The path and query of a request, as the client encoded them and safe to route on.</summary>
/// <param name="Path">
/// Begins with exactly one <c>/</c>; without dot segments and needless escapes, so that what routing matches is what a lookup finds and a
/// function parses.
/// </param>
/// <param name="Query">Without the question mark; empty when there is none.</param>
internal readonly record struct RequestTarget(string Path, string Query)
{
    /// <summary>Parses the request-target of a request line (RFC 9112 section 3.2).</summary>
    /// <param name="rawTarget">Origin form or absolute form. Authority and asterisk form name no resource of a site.</param>
    /// <param name="target">The parsed target.</param>
    /// <returns><see langword="false"/> if a site has nothing to answer to it: the client gets a 400.</returns>
    public static bool TryParse(string rawTarget, out RequestTarget target)
    {
        target = default;
        var start = OriginFormStart(rawTarget);
        if (start < 0 || rawTarget.AsSpan(start).IndexOfAnyInRange('\0', ' ') >= 0)
        {
            return false;
        }

        // No target has a fragment (RFC 9112 section 3.2), and URL parsers inside functions end the path there: "/admin#x" is "/admin".
        if (rawTarget.Contains('#', StringComparison.Ordinal))
        {
            return false;
        }

        var queryAt = rawTarget.IndexOf('?', start);
        var pathEnd = queryAt < 0 ? rawTarget.Length : queryAt;
        var path = start == 0 && pathEnd == rawTarget.Length ? rawTarget : rawTarget[start..pathEnd];
        if (path.Length == 0)
        {
            path = "/";
        }

        // URL parsers inside functions read a backslash as a slash (WHATWG URL, special schemes); routing must not see another path.
        if (path[0] != '/' || path.Contains('\\', StringComparison.Ordinal))
        {
            return false;
        }

        // Escapes first: an escaped dot is a dot.
        path = DotSegments.Remove(UnreservedEscapes.Decode(path));
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            // A URL parser takes what follows two slashes for a host: "//x/admin" would be "/admin" to a function.
            path = "/" + path.TrimStart('/');
        }

        var query = queryAt < 0 ? "" : rawTarget[(queryAt + 1)..];
        target = new RequestTarget(path, query);
        return true;
    }

    private static int OriginFormStart(string rawTarget)
    {
        if (rawTarget.StartsWith('/'))
        {
            return 0;
        }

        var scheme = rawTarget.IndexOf("://", StringComparison.Ordinal);
        if (scheme is not (4 or 5) || !rawTarget.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            return -1;
        }

        var authorityEnd = rawTarget.AsSpan(scheme + 3).IndexOfAny('/', '?');
        return authorityEnd < 0 ? rawTarget.Length : scheme + 3 + authorityEnd;
    }
}
