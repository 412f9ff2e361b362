using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Selvedge.Server.Loopback;

/// <summary>Marks a request that a function of the site made, and not a client.</summary>
internal sealed class LoopbackCall
{
    private static readonly LoopbackCall Mark = new();

    private LoopbackCall() { }

    /// <summary>Whether a request is one of a function's.</summary>
    public static bool Is(HttpContext http) => http.Features.Get<LoopbackCall>() is not null;

    /// <summary>Gives a request that came over the socket the scheme and the client that it would have over a network.</summary>
    public static void Apply(HttpContext http)
    {
        http.Features.Set(Mark);
        // The host has become that of the target already (RFC 9112 section 3.2.2).
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        http.Request.Scheme = target.StartsWith("http:", StringComparison.OrdinalIgnoreCase) ? "http" : "https";
        // A function that passes a visitor's headers on passes on the address that the server has told it. It is believed as a trusted
        // proxy is, so that pages made behind middleware know their visitor.
        var visitor = http.Request.Headers["x-forwarded-for"].ToString().Split(',')[0].Trim();
        http.Connection.RemoteIpAddress = IPAddress.TryParse(visitor, out var address) ? address : IPAddress.Loopback;
    }
}
