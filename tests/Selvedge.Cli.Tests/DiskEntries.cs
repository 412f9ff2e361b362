namespace Selvedge.Cli.Tests;

/// <summary>What a cache has written to its directory so far.</summary>
internal static class DiskEntries
{
    /// <summary>
    /// Completes when a store has so many entries on disk: an answer leaves before it is written, so whoever is about to kill the server and
    /// to look for what is left waits for that.
    /// </summary>
    public static async Task WaitAsync(string directory, int count)
    {
        while (Directory.EnumerateFiles(directory, "*.e", SearchOption.AllDirectories).Count() < count)
        {
            await Task.Yield();
        }
    }
}
