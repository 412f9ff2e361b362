using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Selvedge.Functions.Invocations;

/// <summary>The HTTP/1.1 connections to one process, over its Unix socket.</summary>
/// <remarks>
/// A channel belongs to one process and its socket's path is never used again, so that a request cannot reach another process than the
/// one it was meant for. Nothing here is changed on the way: no proxy, redirects, cookies, decompression or trace headers. Connections are
/// never closed for being idle, on either side, or a request would be lost in the race.
/// </remarks>
internal sealed class InstanceChannel : IDisposable
{
    private readonly HttpMessageInvoker _client;

    /// <summary>Makes a channel without connections.</summary>
    /// <param name="socket">The socket that the process listens on.</param>
    /// <param name="token">Marks what the host, and not the function, says in a response.</param>
    /// <param name="options">The host's settings.</param>
    public InstanceChannel(string socket, string token, FunctionHostOptions options)
    {
        Token = token;
        var endPoint = new UnixDomainSocketEndPoint(socket);
        _client = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                ConnectCallback = (_, cancellationToken) => ConnectAsync(endPoint, cancellationToken),
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                ActivityHeadersPropagator = null,
                MaxConnectionsPerServer = int.MaxValue,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
                // A response that is not read to its end closes its connection at once, which is how a function learns of it.
                ResponseDrainTimeout = TimeSpan.Zero,
                MaxResponseHeadersLength = Math.Max(1, options.MaxHeaderBytes / 1024),
                // Bytes are characters and back, as in Node.js.
                RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
                ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            }
        );
    }

    /// <summary>The value that the host's own response headers carry.</summary>
    public string Token { get; }

    /// <summary>Sends a request, and completes when the response's header section is there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client.SendAsync(request, cancellationToken);

    public void Dispose() => _client.Dispose();

    private static async ValueTask<Stream> ConnectAsync(UnixDomainSocketEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
