using Selvedge.Routing;

namespace Selvedge.BuildOutput;

/// <summary>A path that a function answers on every request.</summary>
public sealed class FunctionAsset(string outputPath) : RouteTarget(outputPath, RouteTargetKind.Function)
{
    /// <summary>What runs.</summary>
    public required FunctionBundle Bundle { get; init; }
}
