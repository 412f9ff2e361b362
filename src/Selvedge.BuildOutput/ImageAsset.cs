using Selvedge.Routing;

namespace Selvedge.BuildOutput;

/// <summary>A path at which pages ask for images by <c>url</c>, <c>w</c> and <c>q</c>: <c>/_next/image</c> and <c>/_vercel/image</c>.</summary>
/// <remarks>No build output holds one. A deployment has both where its <c>config.json</c> says which <c>images</c> may be asked for.</remarks>
public sealed class ImageAsset(string outputPath) : RouteTarget(outputPath, RouteTargetKind.Image)
{
    /// <summary>The paths at which frameworks ask.</summary>
    public static IReadOnlyList<string> Paths { get; } = ["/_next/image", "/_vercel/image"];
}
