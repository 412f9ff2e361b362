using System.Collections.Frozen;
using Selvedge.Server.Proxy;

namespace Selvedge.Server.Answers;

/// <summary>
/// Response headers of functions and origins that are for the edge, or for one connection, or that the edge says for itself.
/// </summary>
internal static class PrivateHeaders
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            .. ConnectionHeaders.Names,
            "server",
            // Addressed to the edge.
            "vercel-cache-tag",
            "vercel-cdn-cache-control",
            "x-next-cache-tags",
            "x-vercel-cache",
            "x-vercel-id",
        ]
    );

    /// <summary>Whether a header stays inside.</summary>
    public static bool Contains(string name) =>
        Names.Contains(name)
        || name.StartsWith("x-middleware-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("x-selvedge-", StringComparison.OrdinalIgnoreCase);
}
