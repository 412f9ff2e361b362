namespace Selvedge.Functions;

/// <summary>
/// How functions reach the site that they are part of: what they ask of one of its names goes to a socket of the server's, and so needs no
/// DNS, no network and no certificate.
/// </summary>
/// <remarks>
/// The server is spoken to as an HTTP/1.1 proxy is (RFC 9112 section 3.2.2): request targets are absolute. <c>CDN-Loop</c> comes back as
/// the function was given it (RFC 8586).
/// </remarks>
public sealed record FunctionLoopback
{
    /// <summary>The Unix socket that the server listens on. Whoever can connect to it is taken for a function.</summary>
    public required string SocketPath { get; init; }

    /// <summary>
    /// Gives the site's names, lower case; it is asked whenever an instance starts. <c>example.com</c> means its scheme's own port,
    /// <c>example.com:8080</c> that port, and <c>*.example.com</c> any one name below. The first is what <c>VERCEL_URL</c> says unless
    /// the environment says otherwise.
    /// </summary>
    /// <remarks>
    /// What a client sends as <c>Host</c> is no such name: it would let the client decide which of a function's requests come back here.
    /// </remarks>
    public required Func<IReadOnlyList<string>> Names { get; init; }
}
