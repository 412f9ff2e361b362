namespace Selvedge.BuildOutput.Files;

/// <summary>Counts the files and directories of an output against <see cref="BuildOutputLimits.MaxEntries"/>.</summary>
internal sealed class EntryBudget(int maxEntries, FaultLog faults)
{
    private int _taken;

    /// <summary>Takes one. The first time none is left is a fault; then whoever walks must stop.</summary>
    /// <param name="label">Where the walk is.</param>
    public bool TryTake(string label)
    {
        if (_taken == maxEntries)
            faults.Add(label, "", $"Holds too much: {maxEntries} files and directories are allowed in a build output.");
        return _taken++ < maxEntries;
    }
}
