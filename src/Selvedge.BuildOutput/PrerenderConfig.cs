using Selvedge.Routing.Config;

namespace Selvedge.BuildOutput;

/// <summary>A <c>.prerender-config.json</c>, checked.</summary>
public sealed record PrerenderConfig
{
    /// <summary>How long an answer is fresh; <see langword="null"/> (written <c>false</c>) means for ever.</summary>
    public required TimeSpan? Expiration { get; init; }

    /// <summary>
    /// How long after it was rendered an answer may be served at all, fresh or stale; <see langword="null"/> sets no end.
    /// </summary>
    public TimeSpan? StaleExpiration { get; init; }

    /// <summary>Prerenders of one group are regenerated together; <see langword="null"/> if it stands alone.</summary>
    public int? Group { get; init; }

    /// <summary>
    /// The secret that, as the cookie <c>__prerender_bypass</c>, turns the cache off for a request and, as the header
    /// <c>x-prerender-revalidate</c>, regenerates the answer. <see langword="null"/>: neither is possible.
    /// </summary>
    public string? BypassToken { get; init; }

    /// <summary>The answer made at build time; <see langword="null"/> if there is none.</summary>
    public PrerenderFallback? Fallback { get; init; }

    /// <summary>Query keys that an answer depends on; the others are dropped. <see langword="null"/> means all, empty means none.</summary>
    public IReadOnlyList<string>? AllowQuery { get; init; }

    /// <summary>Request headers passed on to the function; <see langword="null"/> means the host's own choice.</summary>
    public IReadOnlyList<string>? AllowHeader { get; init; }

    /// <summary>Whether the allowed query is passed on in the function's URL. Default false.</summary>
    public bool PassQuery { get; init; }

    /// <summary>Headers of the build-time answer, one entry a line.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> InitialHeaders { get; init; } = [];

    /// <summary>Status of the build-time answer; <see langword="null"/> means 200.</summary>
    public int? InitialStatus { get; init; }

    /// <summary>The route it came from, for labels: <c>/blog/[slug]</c>.</summary>
    public string? SourcePath { get; init; }

    /// <summary>A request that meets any of these (<c>experimentalBypassFor</c>) goes to the function directly, uncached.</summary>
    public IReadOnlyList<ConditionConfig> BypassFor { get; init; } = [];

    /// <summary>The output that resumes a partial prerender, as older builders name it.</summary>
    public string? StreamingFunctionPath { get; init; }

    /// <summary>What completes a partial prerender.</summary>
    public PrerenderChain? Chain { get; init; }

    /// <summary>Whether the body of a failed render may be shown to the client. Default false.</summary>
    public bool ExposeErrorBody { get; init; }

    /// <summary>Whether the fallback is a shell that may be replaced by an answer for the concrete path. Default false.</summary>
    public bool PartialFallback { get; init; }

    /// <summary>How the page was rendered at build time: <c>static</c>, <c>blocking</c>, <c>resuming</c>. For labels only.</summary>
    public string? Compute { get; init; }

    /// <summary>Its name only: logs must not show the token.</summary>
    public override string ToString() => nameof(PrerenderConfig);
}
