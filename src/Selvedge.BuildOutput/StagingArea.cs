using Selvedge.BuildOutput.Staging;

namespace Selvedge.BuildOutput;

/// <summary>The directory in which functions are staged. It grows with every deployment until somebody tidies it.</summary>
public static class StagingArea
{
    /// <summary>Removes what no deployment needs: functions of deployments that are gone, and what a crash has left half done.</summary>
    /// <remarks>Only its owner may call this, and not while a build output is being read into it.</remarks>
    /// <param name="stagingDirectory">The directory, as given to <see cref="BuildOutputOptions.StagingDirectory"/>.</param>
    /// <param name="inUse">The deployments whose functions may still run.</param>
    /// <returns>How many entries were removed. What cannot be removed is left for the next time.</returns>
    public static int Prune(string stagingDirectory, IEnumerable<Deployment> inUse)
    {
        ArgumentNullException.ThrowIfNull(stagingDirectory);
        ArgumentNullException.ThrowIfNull(inUse);
        if (!Directory.Exists(stagingDirectory))
            return 0;

        var kept = inUse
            .SelectMany(static deployment => deployment.Bundles)
            .Select(static bundle => Path.GetDirectoryName(bundle.Directory)!)
            .ToHashSet(StringComparer.Ordinal);
        var removed = 0;
        foreach (var directory in Directory.GetDirectories(Path.GetFullPath(stagingDirectory)))
        {
            if (!kept.Contains(directory) && BundleStaging.IsStagedName(Path.GetFileName(directory)) && TryDelete(directory))
                removed++;
        }

        return removed;
    }

    private static bool TryDelete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
