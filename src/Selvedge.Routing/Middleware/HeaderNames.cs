namespace Selvedge.Routing.Middleware;

/// <summary>Groups of header names that middleware is treated by.</summary>
internal static class HeaderNames
{
    /// <summary>Whether a header belongs to a connection or to the bytes on it, and not to the answer (RFC 9110, section 7.6.1).</summary>
    public static bool IsOfConnection(string name) =>
        name is "connection" or "keep-alive" or "proxy-connection" or "te" or "trailer" or "transfer-encoding" or "upgrade";

    /// <summary>Whether a request header stays whatever middleware says.</summary>
    public static bool IsFixed(string name) => IsOfConnection(name) || name is "host" or "content-length";

    /// <summary>Whether a header describes the middleware's own body, of which nothing is used when routing goes on.</summary>
    public static bool IsOfBody(string name) => name is "content-length" or "content-encoding" or "date";

    /// <summary>Whether a response header is kept from the request that goes on: it would describe the wrong message.</summary>
    public static bool IsForResponseOnly(string name) =>
        IsFixed(name) || IsOfBody(name) || name is "set-cookie" or "content-type" or "location";
}
