using System.Net;
using System.Net.Sockets;

namespace Selvedge.Streams.Subscriptions;

/// <summary>Which addresses a webhook may have: those of the public internet, and this machine's own if that is allowed.</summary>
public static class WebhookAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/127"),
        IPNetwork.Parse("64:ff9b::/96"),
        IPNetwork.Parse("64:ff9b:1::/48"),
        IPNetwork.Parse("100::/64"),
        IPNetwork.Parse("2001::/23"),
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("ff00::/8"),
    ];

    /// <summary>Looks at a URL before anything is resolved.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Check(string text, bool allowLoopback)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 || url.UserInfo.Length > 0)
            return "webhook.url must be an absolute URL without credentials.";
        if (url.Scheme == Uri.UriSchemeHttp)
        {
            return allowLoopback && url.IsLoopback
                ? null
                : "webhook.url must use https; plain http is for this machine itself, where the server allows it.";
        }

        if (url.Scheme != Uri.UriSchemeHttps)
            return "webhook.url must use https.";
        var literal = IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address);
        return (literal && !IsAllowed(address!, allowLoopback)) || (url.IsLoopback && !allowLoopback)
            ? "webhook.url must not name an address inside a network."
            : null;
    }

    /// <summary>Whether a connection may be made to an address. Asked for the very address that is connected to, after resolving.</summary>
    public static bool IsAllowed(IPAddress address, bool allowLoopback)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address))
            return allowLoopback;
        return !Array.Exists(
            NotPublic,
            network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address)
        );
    }

    /// <summary>Resolves a host and connects to an allowed address of it.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, bool allowLoopback, CancellationToken cancellationToken)
    {
        // Resolved once and connected to what was checked: a name that changes its address between the two gains nothing.
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, address => IsAllowed(address, allowLoopback));
        if (allowed.Length == 0)
            throw new IOException($"'{host.Host}' has no address that webhooks may go to.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
