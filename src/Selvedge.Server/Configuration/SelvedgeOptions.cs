using Selvedge.Server.Hosting;
using Selvedge.Server.Streams;

namespace Selvedge.Server.Configuration;

/// <summary>All settings of a server. <c>docs/reference/configuration.md</c> lists them for the people who set them.</summary>
/// <remarks>
/// Values come from <c>selvedge.json</c> beside the project, from the environment (<c>SELVEDGE_FUNCTIONS__NODEPATH</c> for
/// <c>Functions:NodePath</c>) and from the command line, in rising precedence.
/// </remarks>
public sealed record SelvedgeOptions
{
    /// <summary>What to serve: a project's root, its <c>.vercel/output</c>, or any directory that holds a <c>config.json</c>.</summary>
    public string Directory { get; init; } = ".";

    /// <summary>The addresses to listen on, separated by semicolons. Port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://localhost:3000";

    /// <summary>
    /// The addresses to speak HTTP/2 on, without TLS and with prior knowledge (RFC 9113 section 3.3), separated by semicolons. None by default.
    /// </summary>
    public string Http2Urls { get; init; } = "";

    /// <summary>
    /// The names of the site, such as <c>example.com</c> or <c>*.example.com</c>; the first is what functions find in <c>VERCEL_URL</c>.
    /// What functions ask of them comes back to this server without a network, and requests for any other host are answered
    /// 404 <c>DEPLOYMENT_NOT_FOUND</c>. The addresses listened on count by themselves. None, the default, lets the site answer for any.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Where the server keeps what must outlive it. Made if missing.</summary>
    public string DataDirectory { get; init; } = ".selvedge";

    /// <summary>
    /// The directory <c>vercel build</c> ran in, which functions with a <c>filePathMap</c> take files from. The default,
    /// <see langword="null"/>, is the directory that holds <c>.vercel</c>.
    /// </summary>
    public string? ProjectRoot { get; init; }

    /// <summary>The name of this place in <c>x-vercel-id</c> and <c>VERCEL_REGION</c>. Letters and digits; never <c>dev1</c>.</summary>
    public string Region { get; init; } = "self1";

    /// <summary>
    /// Addresses or networks (<c>10.0.0.0/8</c>) of proxies in front whose <c>X-Forwarded-*</c> headers are believed. The default
    /// is none: everybody else's are discarded.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Where routing is to differ from the platform's.</summary>
    public RouteOptions Routing { get; init; } = new();

    /// <summary>What one request may cost.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>How functions run.</summary>
    public FunctionOptions Functions { get; init; } = new();

    /// <summary>How streams are served.</summary>
    public StreamOptions Streams { get; init; } = new();

    /// <summary>How external rewrites are sent on.</summary>
    public ProxyOptions Proxy { get; init; } = new();

    /// <summary>What the cache may keep.</summary>
    public EdgeCacheOptions Cache { get; init; } = new();

    /// <summary>What the data cache of functions may keep.</summary>
    public DataOptions DataCache { get; init; } = new();

    /// <summary>What is kept of rendered pages.</summary>
    public PrerenderOptions Prerender { get; init; } = new();

    /// <summary>The listener for those who run the server.</summary>
    public AdminOptions Admin { get; init; } = new();

    /// <summary>All addresses that clients reach, whatever they speak there.</summary>
    internal string AllUrls => Http2Urls.Length == 0 ? Urls : $"{Urls};{Http2Urls}";

    /// <summary>Whether clients on other machines cannot reach the server but through a proxy on this one.</summary>
    public bool ListensOnLoopbackOnly() =>
        Endpoints.Split(AllUrls).All(static url => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback);
}
