using Microsoft.Extensions.Primitives;

namespace Selvedge.Server.Proxy;

/// <summary>Ends requests that keep coming back to this server through its own external rewrites (RFC 8586, <c>CDN-Loop</c>).</summary>
/// <param name="identity">Names this server process among others of its kind.</param>
internal sealed class LoopGuard(string identity)
{
    // A site may well rewrite to another site of the same server; going round more often than this has no use.
    private const int MaxPasses = 3;

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
