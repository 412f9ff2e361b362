using System.Net;
using System.Net.Sockets;

namespace Selvedge.Server.Proxy;

/// <summary>Connects to external origins.</summary>
internal static class OriginSockets
{
    /// <summary>Opens the connection that the HTTP client asks for.</summary>
    /// <remarks>
    /// What the client does without it, but that an address is not looked up as a name is: when an answer turns out not to be for all,
    /// a thousand who waited may need a connection each at the same moment.
    /// </remarks>
    public static ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var origin = context.DnsEndPoint;
        return IPAddress.TryParse(origin.Host, out var address)
            ? ConnectAsync(
                new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp),
                new IPEndPoint(address, origin.Port),
                cancellationToken
            )
            : ConnectAsync(new Socket(SocketType.Stream, ProtocolType.Tcp), origin, cancellationToken);
    }

    private static async ValueTask<Stream> ConnectAsync(Socket socket, EndPoint origin, CancellationToken cancellationToken)
    {
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(origin, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
