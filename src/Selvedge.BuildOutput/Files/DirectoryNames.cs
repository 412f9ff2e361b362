namespace Selvedge.BuildOutput.Files;

/// <summary>What a directory holds.</summary>
internal static class DirectoryNames
{
    /// <summary>The names in a directory in ordinal order, so that every reading goes the same way; none after a fault.</summary>
    public static string[] Of(string directory, string label, FaultLog faults)
    {
        try
        {
            var names = Directory.EnumerateFileSystemEntries(directory).Select(static path => Path.GetFileName(path)).ToArray();
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.AddUnreadable(label, e);
            return [];
        }
    }
}
