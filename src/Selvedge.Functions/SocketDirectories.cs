namespace Selvedge.Functions;

/// <summary>
/// Finds out which directories of sockets (<see cref="FunctionHostOptions.SocketDirectory"/>) are in use, and removes those that servers
/// have left behind which were killed.
/// </summary>
/// <remarks>A server holds a lock on a file in its directory. The system lets go of it with the process, however that ends.</remarks>
public static class SocketDirectories
{
    private const string LockName = "lock";

    /// <summary>Removes the directories whose servers are gone. One without a lock is left alone, for nobody knows whose it is.</summary>
    /// <param name="parent">Where they lie.</param>
    /// <param name="pattern">What their names look like, with <c>*</c> for anything.</param>
    /// <returns>How many were removed.</returns>
    public static int Sweep(string parent, string pattern)
    {
        try
        {
            return Directory.GetDirectories(parent, pattern).Count(TryRemove);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Takes a directory into use, until the result is disposed or the process ends.</summary>
    /// <exception cref="IOException">Another server uses it.</exception>
    internal static FileStream Lock(string directory) =>
        new(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    private static bool TryRemove(string directory)
    {
        try
        {
            // Somebody else's link could lead anywhere.
            var info = new DirectoryInfo(directory);
            if (info.LinkTarget is not null || !File.Exists(Path.Combine(directory, LockName)))
            {
                return false;
            }

            // Held until the files are gone, so that no server that comes now takes the directory for free.
            using var held = Lock(directory);
            info.Delete(recursive: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use, another user's, or just being removed by somebody else.
            return false;
        }
    }
}
