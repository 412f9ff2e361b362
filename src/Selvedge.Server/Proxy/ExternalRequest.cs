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

    /// <summary>Composes it: method, body and headers of the client, without those of its connection.</summary>
    public static HttpRequestMessage Create(AdmittedRequest request, RouteDecision decision, Uri url, LoopGuard loopGuard)
    {
        var http = request.Http;
        var outgoing = new HttpRequestMessage(new HttpMethod(http.Request.Method), url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = ContentOf(http),
        };
        var headers = OutboundHeaders.From(request, decision.RequestHeaders).Identify(request);
        headers.Set("host", url.Authority);
        headers.Set("cdn-loop", loopGuard.Extend(http.Request.Headers["cdn-loop"]));
        headers.Remove("x-vercel-deployment-url");
        foreach (var (name, value) in headers.Lines)
        {
            if (!outgoing.Headers.TryAddWithoutValidation(name, value))
            {
                outgoing.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (IsWebSocket(http))
        {
            outgoing.Headers.TryAddWithoutValidation("connection", "Upgrade");
            outgoing.Headers.TryAddWithoutValidation("upgrade", http.Request.Headers.Upgrade.ToString());
        }

        return outgoing;
    }

    private static bool IsWebSocket(HttpContext http) =>
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
