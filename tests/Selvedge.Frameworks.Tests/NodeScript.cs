using System.Diagnostics;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>A script of this repository, run by Node.</summary>
internal static class NodeScript
{
    /// <summary>Runs a script to its end.</summary>
    /// <param name="path">The script, from the repository's root, with slashes.</param>
    /// <returns>What it printed on its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message holds everything it printed.</exception>
    public static async Task<string> RunAsync(string path, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("node", [Repository.Path(path.Split('/')), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var script = Process.Start(start)!;
        var output = script.StandardOutput.ReadToEndAsync();
        var errors = script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        return script.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"node {path} failed.\n{await output}\n{await errors}");
    }
}
