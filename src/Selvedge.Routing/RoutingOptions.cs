namespace Selvedge.Routing;

/// <summary>Settings of a route table.</summary>
public sealed record RoutingOptions
{
    /// <summary>The variables that a route's <c>env</c> may name. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// How long one pattern that needs backtracking may take. A match takes microseconds; the default of 250 ms outlasts the pauses
    /// of a throttled container, whose quota is dealt out every 100 ms, and still bounds what a hostile path costs. Patterns without
    /// lookaround and backreferences run in linear time, and may take ten times as long.
    /// </summary>
    public TimeSpan RegexTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How many times phases may be walked for one request before it is answered with 508. Default 64; real tables need under 20.
    /// </summary>
    public int MaxPhaseIterations { get; init; } = 64;

    /// <summary>
    /// Whether the client's value wins when a destination names the same query key. Default false: a client must not be able to
    /// override <c>?id=</c>.
    /// </summary>
    public bool RequestQueryWins { get; init; }

    /// <summary>How many decisions a router remembers. Zero remembers none. Default 4096, which is a few megabytes.</summary>
    public int MemorySize { get; init; } = 4096;
}
