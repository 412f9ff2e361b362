using Selvedge.Routing;

namespace Selvedge.BuildOutput;

/// <summary>A path that a function renders and whose answer is kept: incremental static regeneration.</summary>
public sealed class PrerenderAsset(string outputPath) : RouteTarget(outputPath, RouteTargetKind.Prerender)
{
    /// <summary>What renders it.</summary>
    public required FunctionBundle Bundle { get; init; }

    /// <summary>How long an answer is kept, and what it depends on.</summary>
    public required PrerenderConfig Config { get; init; }
}
