using Microsoft.Extensions.Primitives;

namespace Selvedge.Server.Proxy;

/// <summary>
/// Ends requests that keep coming back to this server, through its own external rewrites or by functions that call their own site
/// (RFC 8586, <c>CDN-Loop</c>).
/// </summary>
/// <param name="identity">Names this server process among others of its kind.</param>
internal sealed class LoopGuard(string identity)
{
    // Middleware asks for a page, whose function asks an API, whose function asks another: that is a site. Going deeper has no use, and
    // where each call makes two the work doubles with every pass.
    private const int MaxPasses = 8;

    private readonly string _token = $"selvedge; id={identity}";

    /// <summary>Whether the request has passed this server too often already.</summary>
    public bool IsLooping(StringValues cdnLoop) => CountPasses(cdnLoop) >= MaxPasses;

    /// <summary>Whether the request has passed this server before: it must not wait for a fetch it may itself be part of.</summary>
    public bool HasPassed(StringValues cdnLoop) => CountPasses(cdnLoop) > 0;

    /// <summary>The field for the next hop: what came in, and this server.</summary>
    public string Extend(StringValues cdnLoop) => cdnLoop.Count == 0 ? _token : $"{cdnLoop}, {_token}";

    private int CountPasses(StringValues cdnLoop)
    {
        var passes = 0;
        foreach (var line in cdnLoop)
        {
            foreach (var entry in (line ?? "").AsSpan().Split(','))
            {
                if (line.AsSpan()[entry].Trim().SequenceEqual(_token))
                {
                    passes++;
                }
            }
        }

        return passes;
    }
}
