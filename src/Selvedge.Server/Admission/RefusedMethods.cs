using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Admission;

/// <summary>Methods that ask something of a proxy and not of a site (RFC 9110 sections 9.3.6 and 9.3.8).</summary>
internal static class RefusedMethods
{
    /// <summary>
    /// Whether a site never answers the method: <c>TRACE</c> would echo what admission removes, <c>CONNECT</c> asks for a tunnel,
    /// and <c>PURGE</c> is how caches elsewhere are emptied by whoever reaches them.
    /// </summary>
    public static bool Contains(string method) =>
        HttpMethods.IsTrace(method)
        || HttpMethods.IsConnect(method)
        || method.Equals("PURGE", StringComparison.OrdinalIgnoreCase);
}
