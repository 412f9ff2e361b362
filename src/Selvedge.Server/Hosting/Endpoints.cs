using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Selvedge.Server.Configuration;

namespace Selvedge.Server.Hosting;

/// <summary>The addresses a server listens on, and the version of HTTP each one speaks.</summary>
/// <remarks>
/// Without TLS nobody negotiates a version, and an address that took both would have to guess from a connection's first bytes. So each
/// speaks one: HTTP/1.1 those of <see cref="SelvedgeOptions.Urls"/>, HTTP/2 with prior knowledge (RFC 9113 section 3.3) those of
/// <see cref="SelvedgeOptions.Http2Urls"/>.
/// </remarks>
internal static class Endpoints
{
    /// <summary>Separates addresses that stand in one setting.</summary>
    public static string[] Split(string urls) =>
        urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Makes Kestrel listen: first on the addresses for HTTP/1.1, then on those for HTTP/2.</summary>
    public static void Listen(KestrelServerOptions kestrel, SelvedgeOptions options)
    {
        // Through its configuration, because that alone joins Kestrel's own reading of addresses (localhost is two, '*' is all) to a
        // protocol. Sections are taken in the order of their numbers.
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        Add(options.Urls, HttpProtocols.Http1);
        Add(options.Http2Urls, HttpProtocols.Http2);
        kestrel.Configure(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

        void Add(string urls, HttpProtocols protocols)
        {
            foreach (var url in Split(urls))
            {
                var section = string.Create(CultureInfo.InvariantCulture, $"Endpoints:{settings.Count / 2}");
                settings[$"{section}:Url"] = url;
                settings[$"{section}:Protocols"] = protocols.ToString();
            }
        }
    }
}
