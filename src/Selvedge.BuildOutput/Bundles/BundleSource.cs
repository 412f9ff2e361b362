using Selvedge.BuildOutput.Files;

namespace Selvedge.BuildOutput.Bundles;

/// <summary>A function's directory that has been found and checked, and is not staged yet.</summary>
internal sealed class BundleSource
{
    /// <summary>Its path under <c>functions</c> without the suffix: <c>api/items/[id]</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in faults: its path in the output.</summary>
    public required string Label { get; init; }

    /// <summary>The directory, absolute and without links.</summary>
    public required string Directory { get; init; }

    public required FunctionConfig Config { get; init; }

    /// <summary>What it holds, or shall hold once the files of the project are in it.</summary>
    public required DirectoryContent Content { get; init; }

    /// <summary>Whether it needs files of the project, so that it cannot run in place.</summary>
    public required bool NeedsStaging { get; init; }
}
