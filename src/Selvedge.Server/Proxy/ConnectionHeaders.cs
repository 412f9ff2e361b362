using System.Collections.Frozen;

namespace Selvedge.Server.Proxy;

/// <summary>Header fields that concern one connection only, and are never passed on (RFC 9110 section 7.6.1, RFC 9111 section 3.1).</summary>
internal static class ConnectionHeaders
{
    /// <summary>Their names, in lower case; compared without regard to it.</summary>
    public static FrozenSet<string> Names { get; } =
        new[]
        {
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
        }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
