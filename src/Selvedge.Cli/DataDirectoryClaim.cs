using Selvedge.BuildOutput;

namespace Selvedge.Cli;

/// <summary>Says that this server owns its data directory, for as long as the object lives.</summary>
/// <remarks>
/// Two servers may serve sites from one data directory while one replaces the other. Only the owner tidies up, because what it does
/// not need may be running in the other.
/// </remarks>
internal sealed class DataDirectoryClaim : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _directory;

    private DataDirectoryClaim(FileStream claim, string directory)
    {
        _lock = claim;
        _directory = directory;
    }

    /// <summary>Where functions are staged in a data directory.</summary>
    public static string StagingIn(string dataDirectory) => Path.GetFullPath(Path.Combine(dataDirectory, "functions"));

    /// <summary>Claims the directory; <see langword="null"/> if another server has it, or if it cannot be written to.</summary>
    public static DataDirectoryClaim? TryTake(string dataDirectory)
    {
        try
        {
            Make(dataDirectory);
            var claim = new FileStream(
                Path.Combine(dataDirectory, "owner.lock"),
                FileMode.OpenOrCreate,
                FileAccess.Write,
                FileShare.None
            );
            return new DataDirectoryClaim(claim, dataDirectory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // What visitors were answered, tags and keys are inside: for the server's own user, if it is the one to make the directory.
    private static void Make(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Removes the functions of builds that are served no more.</summary>
    public void Tidy(Deployment deployment) => StagingArea.Prune(StagingIn(_directory), [deployment]);

    /// <summary>Gives the directory up.</summary>
    public void Dispose() => _lock.Dispose();
}
