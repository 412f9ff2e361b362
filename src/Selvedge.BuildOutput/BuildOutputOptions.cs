using Selvedge.Routing;

namespace Selvedge.BuildOutput;

/// <summary>What to read, and where to.</summary>
public sealed record BuildOutputOptions
{
    /// <summary>A project's root, its <c>.vercel</c>, its <c>.vercel/output</c>, or any directory that holds a <c>config.json</c>.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// Where functions are staged whose files lie in the project (<c>filePathMap</c>). Made if missing; on the project's file system
    /// staging costs no copies.
    /// </summary>
    public required string StagingDirectory { get; init; }

    /// <summary>
    /// The directory that <c>filePathMap</c> entries are relative to: the one <c>vercel build</c> ran in. <see langword="null"/>, the
    /// default, takes the directory that holds <c>.vercel</c>.
    /// </summary>
    public string? ProjectRoot { get; init; }

    /// <summary>How much an output may hold.</summary>
    public BuildOutputLimits Limits { get; init; } = new();

    /// <summary>How its routes are compiled.</summary>
    public RoutingOptions Routing { get; init; } = new();
}
