namespace Selvedge.Routing;

/// <summary>Something in a deployment that a request can end at.</summary>
/// <param name="outputPath">Its path in the build output, beginning with <c>/</c> and not encoded: <c>/blog/[slug]</c>.</param>
/// <param name="kind">What answers there.</param>
public abstract class RouteTarget(string outputPath, RouteTargetKind kind)
{
    /// <summary>Its path in the build output, beginning with <c>/</c> and not encoded: <c>/blog/[slug]</c>.</summary>
    public string OutputPath { get; } = outputPath;

    /// <summary>What answers there.</summary>
    public RouteTargetKind Kind { get; } = kind;
}
