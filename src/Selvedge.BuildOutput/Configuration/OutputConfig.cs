using Selvedge.Routing.Config;

namespace Selvedge.BuildOutput.Configuration;

/// <summary>An output's <c>config.json</c>, checked.</summary>
internal sealed record OutputConfig
{
    public RoutingConfig Routing { get; init; } = new();

    /// <summary>In the order written, in which they apply.</summary>
    public IReadOnlyList<OverrideConfig> Overrides { get; init; } = [];

    public ImagesConfig? Images { get; init; }

    public IReadOnlyList<CronConfig> Crons { get; init; } = [];

    public FrameworkInfo? Framework { get; init; }

    public string? DeploymentId { get; init; }
}
