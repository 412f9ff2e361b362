using System.Runtime.InteropServices;

namespace Selvedge.Functions.Runtimes;

/// <summary>Where a Node.js is looked for. Nothing is started.</summary>
public static class NodeCandidates
{
    // What npm's package installs, and the package of this platform that it takes the program from, which some projects name themselves.
    private static readonly string[] InProject =
    [
        "node_modules/node/bin/node",
        $"node_modules/node-{(OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}/bin/node",
    ];

    /// <summary>The Node.js to use: what the setting names, or else the project's own, or else the first in <c>PATH</c>.</summary>
    /// <returns>An absolute path without links; <see langword="null"/> if there is none.</returns>
    public static (string Path, NodeSource Source)? Choose(string setting, string? projectRoot, string? searchPath)
    {
        if (setting.Length > 0)
        {
            return Executable.Find(setting, searchPath) is { } named ? (named, NodeSource.Setting) : null;
        }

        if (OfProject(projectRoot) is { } own)
        {
            return (own, NodeSource.Project);
        }

        return Executable.Find("node", searchPath) is { } found ? (found, NodeSource.Path) : null;
    }

    /// <summary>The Node.js that a project has installed by npm's package <c>node</c>.</summary>
    public static string? OfProject(string? projectRoot) =>
        projectRoot is null
            ? null
            : InProject
                .Select(relative => Executable.Find(Path.GetFullPath(relative, Path.GetFullPath(projectRoot)), searchPath: null))
                .FirstOrDefault(path => path is not null);
}
