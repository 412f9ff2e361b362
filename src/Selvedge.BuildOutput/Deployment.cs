using Selvedge.Routing;

namespace Selvedge.BuildOutput;

/// <summary>A build output, read and checked: everything a server needs to answer for it. Immutable.</summary>
/// <remarks>
/// It holds no file content. The files it names were there, and inside the output's tree, when it was read; they must stay
/// unchanged for as long as it is served.
/// </remarks>
public sealed class Deployment
{
    /// <summary>
    /// The revision: <see cref="DeploymentId"/> if the build gave one, else 32 hexadecimal digits over the contents of every file
    /// of the deployment. Equal builds have equal revisions wherever they lie.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The <c>deploymentId</c> of <c>config.json</c>: at most 32 of <c>A-Z a-z 0-9 _ -</c>. <see langword="null"/> if absent.</summary>
    public string? DeploymentId { get; init; }

    /// <summary>The output's directory (the one that holds <c>config.json</c>), absolute, links resolved.</summary>
    public required string Directory { get; init; }

    /// <summary>The directory that <c>filePathMap</c> entries are relative to, absolute, links resolved.</summary>
    public required string ProjectRoot { get; init; }

    /// <summary>The routes, compiled.</summary>
    public required RouteTable Routes { get; init; }

    /// <summary>Finds outputs by URL path or by output path.</summary>
    public required OutputTable Outputs { get; init; }

    /// <summary>The static files, ordered by output path, each under its final path (<c>overrides</c> applied).</summary>
    public required IReadOnlyList<StaticAsset> StaticAssets { get; init; }

    /// <summary>The functions without prerender, ordered by output path.</summary>
    public required IReadOnlyList<FunctionAsset> Functions { get; init; }

    /// <summary>The prerenders, ordered by output path.</summary>
    public required IReadOnlyList<PrerenderAsset> Prerenders { get; init; }

    /// <summary>What functions and prerenders run, ordered by name. Outputs that are links to one directory share one bundle.</summary>
    public required IReadOnlyList<FunctionBundle> Bundles { get; init; }

    /// <summary>The framework that made the output, if it says so.</summary>
    public FrameworkInfo? Framework { get; init; }

    /// <summary>The image optimisation settings; <see langword="null"/> if the output has none.</summary>
    public ImagesConfig? Images { get; init; }

    /// <summary>The scheduled requests.</summary>
    public IReadOnlyList<CronConfig> Crons { get; init; } = [];

    /// <summary>Keys that mean nothing to this reader, each once, with the first file that has it: <c>config.json: flavour</c>.</summary>
    public IReadOnlyList<string> UnknownKeys { get; init; } = [];

    /// <summary>What is odd but does not keep the output from being served, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
