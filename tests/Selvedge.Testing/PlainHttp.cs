using System.Net;

namespace Selvedge.Testing;

/// <summary>An HTTP client that shows a server's answers as they are.</summary>
public static class PlainHttp
{
    /// <summary>A client that follows no redirects, keeps no cookies, decodes no bodies and asks no proxy.</summary>
    /// <remarks>It waits half a minute for headers: longer than a cold function takes, shorter than a test run's patience.</remarks>
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
            Timeout = TimeSpan.FromSeconds(30),
        };
}
