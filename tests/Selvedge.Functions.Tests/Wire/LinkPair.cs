using System.Net;
using System.Net.Sockets;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Tests.Wire;

/// <summary>A link, and the socket at its other end, by which a test plays the process.</summary>
internal sealed class LinkPair : IDisposable
{
    private readonly Socket _peer;

    private LinkPair(Socket own, Socket peer)
    {
        Link = Link.Over(own);
        _peer = peer;
    }

    public Link Link { get; }

    public static async Task<LinkPair> CreateAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var own = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await own.ConnectAsync(listener.LocalEndpoint);
        var peer = await listener.AcceptSocketAsync();
        peer.NoDelay = true;
        return new(own, peer);
    }

    /// <summary>Sends a frame, and what it says follows it or anything else.</summary>
    public Task SendAsync(Frame frame, params byte[] data)
    {
        var bytes = new byte[Frame.Size + data.Length];
        frame.Write(bytes);
        data.CopyTo(bytes, Frame.Size);
        return SendBytesAsync(bytes);
    }

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _peer.SendAsync(bytes)..];
        }
    }

    /// <summary>Receives exactly so many bytes.</summary>
    public async Task<byte[]> ReceiveAsync(int count)
    {
        var bytes = new byte[count];
        for (var total = 0; total < count; )
        {
            var received = await _peer.ReceiveAsync(bytes.AsMemory(total));
            Assert.NotEqual(0, received);
            total += received;
        }

        return bytes;
    }

    /// <summary>Receives one frame without its data.</summary>
    public async Task<Frame> ReceiveFrameAsync() => Frame.Read(await ReceiveAsync(Frame.Size));

    /// <summary>Ends what the process says.</summary>
    public void EndPeer() => _peer.Shutdown(SocketShutdown.Send);

    public void Dispose()
    {
        Link.Dispose();
        _peer.Dispose();
    }
}
