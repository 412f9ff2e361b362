using System.Net;

namespace Selvedge.Testing;

/// <summary>An HTTP client that shows a server's answers as they are.</summary>
public static class PlainHttp
{
    /// <summary>A client that follows no redirects, keeps no cookies, decodes no bodies and asks no proxy.</summary>
    /// <remarks>It waits a minute for headers: longer than a cold function takes on a busy machine.</remarks>
    public static HttpClient CreateClient(Uri baseAddress) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                AutomaticDecompression = DecompressionMethods.None,
                ActivityHeadersPropagator = null,
            },
            disposeHandler: true
        )
        {
            BaseAddress = baseAddress,
            Timeout = TimeSpan.FromSeconds(60),
        };

    /// <summary>Sends a GET with the given headers and reads the answer.</summary>
    public static Task<HttpAnswer> AnswerAsync(
        this HttpClient client,
        string target,
        params IEnumerable<(string Name, string Value)> headers
    ) => client.AnswerAsync(HttpMethod.Get, target, content: null, headers);

    /// <summary>Sends a request with the given headers and reads the answer.</summary>
    public static async Task<HttpAnswer> AnswerAsync(
        this HttpClient client,
        HttpMethod method,
        string target,
        HttpContent? content,
        params IEnumerable<(string Name, string Value)> headers
    )
    {
        using var request = new HttpRequestMessage(method, target)
        {
            Content = content,
            Version = client.DefaultRequestVersion,
            VersionPolicy = client.DefaultVersionPolicy,
        };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }
}
