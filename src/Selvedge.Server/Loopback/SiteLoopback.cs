using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Selvedge.Server.Loopback;

/// <summary>Where functions find their own site on this machine, and by which names they may ask for it.</summary>
/// <param name="hosts">The setting <c>Hosts</c>.</param>
/// <param name="environment">The functions' variables.</param>
/// <param name="server">The server, which knows its addresses once it listens.</param>
internal sealed class SiteLoopback(IReadOnlyList<string> hosts, IReadOnlyDictionary<string, string> environment, IServer server)
{
    /// <summary>What the directories of all servers begin with.</summary>
    public const string DirectoryPrefix = "selvedge-";

    /// <summary>The directory of all sockets of this run.</summary>
    // Short, because a Unix socket's path ends at 107 bytes, and a data directory can lie anywhere.
    public string Directory { get; } =
        Path.Combine(Path.GetTempPath(), DirectoryPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)));

    /// <summary>The socket that <see cref="LoopbackListener"/> listens on.</summary>
    public string SocketPath => Path.Combine(Directory, "site");

    /// <summary>The names of the site, as they are now: before the server listens a port may not be known.</summary>
    public IReadOnlyList<string> Names() =>
        SiteNames.Of(
            hosts,
            environment,
            server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [],
            Environment.MachineName
        );
}
