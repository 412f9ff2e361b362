using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Selvedge.Cli.Remote;

/// <summary>A running server: sends it requests, and turns whatever comes of them into replies.</summary>
internal sealed class RemoteServer : IDisposable
{
    // A page of a stream is a megabyte unless one message is longer; nothing asked for here comes near this.
    private const int MaxReplyBytes = 256 * 1024 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // Longer than any server waits in a long-poll of reasonable length.
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromMinutes(2);

    private readonly string _address;
    private readonly HttpClient _client;

    private RemoteServer(Uri address, bool direct)
    {
        _address = address.ToString().TrimEnd('/');
        // A redirect could lead a token elsewhere, and would turn a POST into a GET.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !direct,
            ConnectTimeout = ConnectTimeout,
        };
        _client = new HttpClient(handler) { Timeout = ReplyTimeout, MaxResponseContentBufferSize = MaxReplyBytes };
    }

    /// <summary>Names a server; nothing is sent yet.</summary>
    /// <param name="address">Such as <c>http://localhost:3000</c>; a path is kept, for servers below one.</param>
    /// <param name="direct">Whether to pass by the proxy that the environment names.</param>
    /// <param name="server">The server.</param>
    /// <returns>False if the address is none.</returns>
    public static bool TryCreate(string address, bool direct, [NotNullWhen(true)] out RemoteServer? server)
    {
        var usable =
            Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.Query.Length == 0
            && uri.Fragment.Length == 0
            && uri.UserInfo.Length == 0;
        server = usable ? new RemoteServer(uri!, direct) : null;
        return usable;
    }

    /// <summary>The address of something on the server.</summary>
    /// <param name="target">Path and query, percent-encoded, beginning with a slash.</param>
    public Uri UrlOf(string target) => new(_address + target);

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">See <see cref="UrlOf"/>.</param>
    /// <param name="content">The body, if any.</param>
    /// <param name="headers">Headers of the request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RemoteReply> SendAsync(
        HttpMethod method,
        string target,
        HttpContent? content,
        IEnumerable<(string Name, string Value)> headers,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, UrlOf(target)) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? new RemoteReply(response, body)
                : new RemoteReply(new RemoteFault(ReasonOf(response.StatusCode), ErrorSentence.Of(response, body)));
        }
        catch (HttpRequestException exception)
        {
            return Unreachable($"{_address} cannot be reached: {exception.GetBaseException().Message}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var seconds = ReplyTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return Unreachable($"{_address} has not answered in {seconds} seconds.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static RemoteReply Unreachable(string message) => new(new RemoteFault(RemoteFaultReason.Unreachable, message));

    private static RemoteFaultReason ReasonOf(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            ? RemoteFaultReason.Busy
            : RemoteFaultReason.Refused;
}
