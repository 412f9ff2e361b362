using System.Net;
using System.Net.Sockets;
using System.Text;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Tests.Wire;

/// <summary>A connection, and the socket at its other end, by which a test plays the process.</summary>
internal sealed class ConnectionPair : IDisposable
{
    private readonly Socket _peer;

    private ConnectionPair(Socket client, Socket peer)
    {
        Connection = new Http1Connection(client);
        _peer = peer;
    }

    public Http1Connection Connection { get; }

    public static async Task<ConnectionPair> CreateAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(listener.LocalEndpoint);
        var peer = await listener.AcceptSocketAsync();
        peer.NoDelay = true;
        return new(client, peer);
    }

    /// <summary>Writes the text in pieces of so many bytes.</summary>
    public async Task WriteAsync(string text, int piece)
    {
        foreach (var bytes in Encoding.Latin1.GetBytes(text).Chunk(piece))
        {
            await _peer.SendAsync(bytes);
        }
    }

    /// <summary>Ends what the process says.</summary>
    public void Close() => _peer.Shutdown(SocketShutdown.Send);

    public void Dispose()
    {
        Connection.Dispose();
        _peer.Dispose();
    }
}
