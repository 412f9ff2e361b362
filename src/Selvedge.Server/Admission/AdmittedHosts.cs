using System.Net;
using Microsoft.AspNetCore.Http;
using Selvedge.Server.Loopback;

namespace Selvedge.Server.Admission;

/// <summary>Decides which hosts the site answers for: any, until the setting <c>Hosts</c> names some.</summary>
/// <remarks>
/// What a client calls the server is part of every cache key and reaches functions (<c>docs/decisions/0057-hosts-are-all-the-names-there-are.md</c>),
/// so each name that somebody makes up would be rendered and kept apart. With <c>Hosts</c>, those are the names there are, beside the
/// addresses listened on.
/// </remarks>
internal sealed class AdmittedHosts
{
    private readonly Lazy<SiteNameSet>? _names;

    /// <summary>Prepares the decision.</summary>
    /// <param name="hosts">The setting <c>Hosts</c>.</param>
    /// <param name="namesOf">All names of the site. Asked at the first request: only a server that listens knows its ports.</param>
    public AdmittedHosts(IReadOnlyList<string> hosts, Func<IReadOnlyList<string>> namesOf) =>
        _names = hosts.Count == 0 ? null : new Lazy<SiteNameSet>(() => new SiteNameSet(namesOf()));

    /// <summary>Whether a request is for the site.</summary>
    public bool Admit(HttpContext http) =>
        _names is null
        // A client of HTTP/1.0 may name none, as probes of load balancers do.
        || http.Request.Host.Value is not { Length: > 0 } host
        || _names.Value.Has(host)
        || LoopbackCall.Is(http)
        || IsDialled(host, http.Connection);

    // The address that the connection was made to is no invention, and probes ask by it where the server listens on all there are.
    // As text, because an address can be written in many ways and each would be a key.
    private static bool IsDialled(string host, ConnectionInfo connection)
    {
        if (connection.LocalIpAddress is not { } local)
        {
            return false;
        }

        var address = local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local;
        var dialled = new IPEndPoint(address, connection.LocalPort).ToString();
        return SiteNameSet.Normalise(host).Equals(SiteNameSet.Normalise(dialled), StringComparison.OrdinalIgnoreCase);
    }
}
