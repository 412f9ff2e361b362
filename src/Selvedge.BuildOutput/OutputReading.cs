using Selvedge.BuildOutput.Files;

namespace Selvedge.BuildOutput;

/// <summary>One reading of one output: where it is, what has been found out about its files, and what has to be said about it.</summary>
internal sealed class OutputReading
{
    public OutputReading(string root, string projectRoot, BuildOutputLimits limits, FaultLog faults)
    {
        Root = root;
        ProjectRoot = projectRoot;
        Limits = limits;
        Faults = faults;
        var budget = new EntryBudget(limits.MaxEntries, faults);
        Walker = new(root, RealPaths, limits, budget, faults);
        Lister = new(limits, budget, faults);
    }

    /// <summary>The output's directory, without links.</summary>
    public string Root { get; }

    /// <summary>What <c>filePathMap</c> is relative to, without links.</summary>
    public string ProjectRoot { get; }

    public BuildOutputLimits Limits { get; }

    public FaultLog Faults { get; }

    public ReadingNotes Notes { get; } = new();

    public RealPaths RealPaths { get; } = new();

    public TreeWalker Walker { get; }

    public DirectoryLister Lister { get; }
}
