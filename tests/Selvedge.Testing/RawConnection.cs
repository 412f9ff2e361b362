using System.Net.Sockets;
using System.Text;

namespace Selvedge.Testing;

/// <summary>
/// A TCP connection that says exactly what a test wants and shows exactly what came back: for requests that no HTTP client
/// would send, and for looking at a response before it is whole.
/// </summary>
/// <remarks>Text is Latin-1 both ways, so that every byte is one character. Reads give up after a minute.</remarks>
public sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpClient _client;
    private readonly StringBuilder _received = new();

    private RawConnection(TcpClient client) => _client = client;

    /// <summary>Everything received and not yet taken by a read.</summary>
    public string Pending => _received.ToString();

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port);
        return new RawConnection(client);
    }

    public async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends a body-less HTTP/1.1 GET that leaves the connection open.</summary>
    public Task GetAsync(string target, string extraHeaders = "") =>
        SendAsync($"GET {target} HTTP/1.1\r\nHost: localhost\r\n{extraHeaders}\r\n");

    /// <summary>Reads a response up to and with the empty line that ends its headers.</summary>
    public Task<string> ReadHeadAsync() => ReadThroughAsync("\r\n\r\n");

    /// <summary>Reads up to and with <paramref name="marker"/>; what follows stays for the next read.</summary>
    /// <exception cref="EndOfStreamException">The server closed before the marker came.</exception>
    public async Task<string> ReadThroughAsync(string marker)
    {
        while (true)
        {
            var text = _received.ToString();
            var found = text.IndexOf(marker, StringComparison.Ordinal);
            if (found >= 0)
            {
                var end = found + marker.Length;
                _received.Remove(0, end);
                return text[..end];
            }

            if (!await ReceiveAsync())
                throw new EndOfStreamException($"The server closed before \"{marker}\"; it had sent \"{text}\".");
        }
    }

    /// <summary>Reads until the server closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        while (await ReceiveAsync()) { }

        var text = _received.ToString();
        _received.Clear();
        return text;
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[8192];
        var count = await _client.GetStream().ReadAsync(buffer, patience.Token);
        _received.Append(Encoding.Latin1.GetString(buffer, 0, count));
        return count > 0;
    }
}
