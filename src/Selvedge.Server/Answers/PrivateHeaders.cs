using System.Collections.Frozen;

namespace Selvedge.Server.Answers;

/// <summary>
/// Response headers of functions and origins that are for the edge, or for one connection, or that the edge says for itself.
/// </summary>
internal static class PrivateHeaders
{
    private static readonly FrozenSet<string> Names = new[]
    {
        // One connection only (RFC 9110 section 7.6.1).
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authentication-info",
        "proxy-authorization",
        "proxy-connection",
        "server",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        // Addressed to the edge.
        "vercel-cache-tag",
        "vercel-cdn-cache-control",
        "x-next-cache-tags",
        "x-vercel-cache",
        "x-vercel-id",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a header stays inside.</summary>
    public static bool Contains(string name) =>
        Names.Contains(name)
        || name.StartsWith("x-middleware-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("x-selvedge-", StringComparison.OrdinalIgnoreCase);
}
