using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Selvedge.Functions.Tests.Support;

/// <summary>An HTTP server that answers one request with a compressed text.</summary>
internal sealed class GzipOrigin : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _answering;

    public GzipOrigin()
    {
        _listener.Start();
        _answering = AnswerAsync();
    }

    public string Url => $"http://{_listener.LocalEndpoint}/";

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _answering;
    }

    private async Task AnswerAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("plain text"u8.ToArray());
        }

        var head = $"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {packed.Length}\r\nconnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(packed.ToArray());
    }
}
