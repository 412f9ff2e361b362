namespace Selvedge.Functions.Runtimes;

/// <summary>Finds programs, as a shell does.</summary>
internal static class Executable
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The file that a name or a path means.</summary>
    /// <param name="name">A name is looked up; anything with a slash is a path.</param>
    /// <param name="searchPath">The variable <c>PATH</c>.</param>
    /// <returns>An absolute path, links resolved; <see langword="null"/> if there is none that can be run.</returns>
    public static string? Find(string name, string? searchPath)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return Resolve(Path.GetFullPath(name));
        }

        return (searchPath ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Resolve(Path.GetFullPath(Path.Combine(directory, name))))
            .FirstOrDefault(path => path is not null);
    }

    private static string? Resolve(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var target = file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
            var runs = OperatingSystem.IsWindows() || (File.GetUnixFileMode(target) & AnyExecute) is not UnixFileMode.None;
            return File.Exists(target) && runs ? target : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
