using System.Net.Http.Headers;
using System.Text.Json;

namespace Selvedge.Streams.Subscriptions;

/// <summary>Calls webhooks. Follows no redirect, keeps no cookie, and believes no more of an answer than fits in a few kilobytes.</summary>
internal sealed class WebhookClient : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;

    public WebhookClient(bool allowLoopback)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = (context, cancellationToken) =>
                WebhookAddress.ConnectAsync(context.DnsEndPoint, allowLoopback, cancellationToken),
        };
        _client = new HttpClient(handler) { MaxResponseContentBufferSize = MaxAnswerBytes, Timeout = Patience };
    }

    public async Task<WebhookReply> CallAsync(string url, byte[] body, string signature, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.TryAddWithoutValidation("Webhook-Signature", signature);
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                return WebhookReply.Failed;
            return SaysDone(await response.Content.ReadAsByteArrayAsync(cancellationToken))
                ? WebhookReply.Done
                : WebhookReply.Accepted;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return WebhookReply.Failed;
        }
    }

    public void Dispose() => _client.Dispose();

    private static bool SaysDone(byte[] answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("done", out var done)
                && done.ValueKind == JsonValueKind.True;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
