using System.Collections.Frozen;

namespace Selvedge.Server.Admission;

/// <summary>Request headers by which the platform talks to functions: a client may never send them.</summary>
/// <remarks>
/// A framework trusts these. Accepting them from outside has let clients skip middleware (CVE-2025-29927), poison prerenders
/// and resume foreign renders (CVE-2026-27979), so admission removes them before anything else reads the request.
/// </remarks>
internal static class ReservedHeaders
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "next-resume",
        "x-invocation-id",
        "x-matched-path",
        "x-next-resume-state-length",
        "x-next-revalidate-tag-token",
        "x-next-revalidated-tags",
        "x-now-route-matches",
        "x-real-ip",
        "forwarded",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Prefixes = ["x-middleware-", "x-vercel-", "x-selvedge-", "x-forwarded-"];

    /// <summary>
    /// What Astro's edge middleware says to the page behind it, which believes the path without proof: so a client could pass by every
    /// route and the middleware itself.
    /// </summary>
    private const string BetweenFunctions = "x-astro-";

    /// <summary>
    /// Whether a client may never send a header of this name. <c>x-prerender-*</c> is not here: it carries a token of its own,
    /// and a route's <c>missing</c> condition compares it.
    /// </summary>
    /// <param name="name">The header's name.</param>
    /// <param name="fromFunction">Whether a function of the site sends it.</param>
    public static bool Contains(string name, bool fromFunction = false)
    {
        if (name.Length == 0 || (name[0] | 0x20) is not ('x' or 'n' or 'f'))
        {
            return false;
        }

        if (!fromFunction && name.StartsWith(BetweenFunctions, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (var prefix in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return Names.Contains(name);
    }
}
