namespace Selvedge.Routing.Config;

/// <summary>The routing part of a build output's <c>config.json</c>, as written and not yet checked for sense.</summary>
public sealed record RoutingConfig
{
    /// <summary>The routes in the order of the file, handle markers turned into <see cref="RouteConfig.Phase"/>.</summary>
    public IReadOnlyList<RouteConfig> Routes { get; init; } = [];

    /// <summary>What <c>$wildcard</c> stands for, by host.</summary>
    public IReadOnlyList<WildcardConfig> Wildcards { get; init; } = [];
}
