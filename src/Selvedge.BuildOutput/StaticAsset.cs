using Selvedge.Routing;

namespace Selvedge.BuildOutput;

/// <summary>A file of the output's <c>static</c> directory.</summary>
public sealed class StaticAsset(string outputPath) : RouteTarget(outputPath, RouteTargetKind.Static)
{
    /// <summary>The file to send, absolute, links resolved.</summary>
    public required string FilePath { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>A strong entity tag over its content (RFC 9110 section 8.8.3), quotes included.</summary>
    public required string ETag { get; init; }

    /// <summary>Its media type, from <c>overrides</c> or its extension.</summary>
    public required string ContentType { get; init; }

    /// <summary>When it was last written, in whole seconds as <c>Last-Modified</c> is.</summary>
    public required DateTimeOffset LastModified { get; init; }
}
