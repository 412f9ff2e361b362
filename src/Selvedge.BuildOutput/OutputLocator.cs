using Selvedge.BuildOutput.Configuration;
using Selvedge.BuildOutput.Files;

namespace Selvedge.BuildOutput;

/// <summary>Finds the build output that a directory means, and the project it was built from.</summary>
internal static class OutputLocator
{
    private const string VercelDirectory = ".vercel";
    private const string OutputDirectory = "output";

    /// <summary>Finds the output's directory.</summary>
    /// <returns>The directory, absolute and without links, or <see langword="null"/> after a fault.</returns>
    public static string? FindOutput(string directory, FaultLog faults)
    {
        if (directory.Length == 0 || directory.Contains('\0'))
            return Unnamed("The directory to serve has no name.", faults);

        // A project may have a config.json of its own, so its output goes first.
        var start = Path.GetFullPath(directory);
        var isVercel = Path.GetFileName(Path.TrimEndingDirectorySeparator(start)) == VercelDirectory;
        var usual = isVercel ? Path.Join(start, OutputDirectory) : Path.Join(start, VercelDirectory, OutputDirectory);
        if (Directory.Exists(usual))
            return Resolve(usual, faults);
        if (LooksLikeOutput(start))
            return Resolve(start, faults);

        var problem = Directory.Exists(start) ? "holds no build output; run `vercel build` there" : "does not exist";
        faults.Add(".", "", $"The directory {start} {problem}.");
        return null;
    }

    /// <summary>Finds the project's root.</summary>
    /// <param name="configured">The root as configured; <see langword="null"/> to look for <c>.vercel</c>.</param>
    /// <param name="output">The output's directory, without links.</param>
    /// <param name="faults">Takes a fault in a configured root.</param>
    public static string? FindProjectRoot(string? configured, string output, FaultLog faults)
    {
        if (configured is not null)
            return configured.Length == 0 || configured.Contains('\0')
                ? Unnamed("The project root has no name.", faults)
                : Resolve(Path.GetFullPath(configured), faults);
        for (var directory = output; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (Path.GetFileName(directory) == VercelDirectory)
                return Path.GetDirectoryName(directory);
        }

        return output;
    }

    // If it is only the configuration that is missing, the reader says so better.
    private static bool LooksLikeOutput(string directory) =>
        File.Exists(Path.Join(directory, OutputConfigReader.FileName))
        || Directory.Exists(Path.Join(directory, "static"))
        || Directory.Exists(Path.Join(directory, "functions"));

    private static string? Unnamed(string message, FaultLog faults)
    {
        faults.Add(".", "", message);
        return null;
    }

    private static string? Resolve(string path, FaultLog faults)
    {
        if (new RealPaths().Resolve(path, out var resolved) == PathFault.None && Directory.Exists(resolved))
            return resolved;
        faults.Add(".", "", $"The directory {path} does not exist or cannot be read.");
        return null;
    }
}
