using System.Net;
using System.Net.Sockets;

namespace Selvedge.Server.Loopback;

/// <summary>Gathers the names under which a site knows itself.</summary>
internal static class SiteNames
{
    // What the platform's variables hold; a project may set them to what its functions are to call.
    private static readonly string[] Variables = ["VERCEL_URL", "VERCEL_PROJECT_PRODUCTION_URL", "VERCEL_BRANCH_URL"];

    /// <summary>The names, the preferred one first: those of the settings, of the environment, and of the addresses listened on.</summary>
    /// <param name="hosts">The setting <c>Hosts</c>.</param>
    /// <param name="environment">The functions' variables.</param>
    /// <param name="addresses">What the server listens on, as Kestrel names it.</param>
    /// <param name="machineName">The name of the machine, at which any address but loopback ones can be reached.</param>
    public static IReadOnlyList<string> Of(
        IEnumerable<string> hosts,
        IReadOnlyDictionary<string, string> environment,
        IEnumerable<string> addresses,
        string machineName
    ) =>
        [
            .. hosts
                .Concat(Variables.Select(name => environment.GetValueOrDefault(name, "")))
                .Concat(addresses.SelectMany(address => OfAddress(address, machineName)))
                .Where(name => name.Length > 0)
                .Select(name => name.ToLowerInvariant())
                .Distinct(StringComparer.Ordinal),
        ];

    private static IEnumerable<string> OfAddress(string address, string machineName)
    {
        if (!Uri.TryCreate(address.Replace("//*", "//0.0.0.0").Replace("//+", "//0.0.0.0"), UriKind.Absolute, out var uri))
        {
            return [];
        }

        var named = IPAddress.TryParse(uri.IdnHost, out var ip) ? null : uri.Host;
        var everywhere = ip is not null && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));
        var loopback = everywhere || named == "localhost" || (ip is not null && IPAddress.IsLoopback(ip));
        string[] names =
        [
            .. named is null ? Array.Empty<string>() : [named],
            .. loopback ? ["localhost", "127.0.0.1", "[::1]"] : Array.Empty<string>(),
            .. everywhere ? [machineName] : Array.Empty<string>(),
            .. ip is null || everywhere ? [] : new[] { ip.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{ip}]" : $"{ip}" },
        ];
        return names.Select(name => $"{name}:{uri.Port}");
    }
}
