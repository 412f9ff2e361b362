using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Functions;

namespace Selvedge.Server.Proxy;

/// <summary>The request that goes to an external origin.</summary>
internal static class ExternalRequest
{
    /// <summary>Path and query leave as routing wrote them: the origin, not this server, says what they mean.</summary>
    public static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The header lines it leaves with: the client's, without those of its connection, and the platform's.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> LinesOf(
        AdmittedRequest request,
        RouteDecision decision,
        Uri url,
        LoopGuard loopGuard
    )
    {
        var headers = OutboundHeaders.From(request, decision.RequestHeaders).Identify(request);
        headers.Set("host", url.Authority);
        headers.Set("cdn-loop", loopGuard.Extend(request.Http.Request.Headers["cdn-loop"]));
        headers.Remove("x-vercel-deployment-url");
        return headers.Lines;
    }

    /// <summary>A client's request as it is, method and body included.</summary>
    public static HttpRequestMessage Pass(AdmittedRequest request, Uri url, IReadOnlyList<KeyValuePair<string, string>> lines)
    {
        var http = request.Http;
        var outgoing = Create(new HttpMethod(http.Request.Method), url, lines, ContentOf(http));
        if (IsWebSocket(http))
        {
            outgoing.Headers.TryAddWithoutValidation("connection", "Upgrade");
            outgoing.Headers.TryAddWithoutValidation("upgrade", http.Request.Headers.Upgrade.ToString());
        }

        return outgoing;
    }

    /// <summary>A GET on behalf of many.</summary>
    public static HttpRequestMessage Get(Uri url, IReadOnlyList<KeyValuePair<string, string>> lines) =>
        Create(HttpMethod.Get, url, lines, content: null);

    private static HttpRequestMessage Create(
        HttpMethod method,
        Uri url,
        IReadOnlyList<KeyValuePair<string, string>> lines,
        HttpContent? content
    )
    {
        var outgoing = new HttpRequestMessage(method, url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = content,
        };
        foreach (var (name, value) in lines)
        {
            if (!outgoing.Headers.TryAddWithoutValidation(name, value))
            {
                outgoing.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return outgoing;
    }

    /// <summary>Whether the client wants to leave HTTP for a WebSocket.</summary>
    public static bool IsWebSocket(HttpContext http) =>
        http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && http.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);

    private static HttpContent? ContentOf(HttpContext http)
    {
        if (!IsWebSocket(http) && RequestBody.Of(http) is { } body)
        {
            var content = new ForwardedContent(body);
            content.Headers.ContentLength = http.Request.ContentLength;
            return content;
        }

        // A client that finds its connection closed repeats a request without content; only safe methods may be repeated
        // (RFC 9110 section 9.2.2), so the others carry an empty one.
        var method = http.Request.Method;
        return HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
            ? null
            : new ByteArrayContent([]);
    }
}
