using System.ComponentModel;
using System.Diagnostics;
using Selvedge.BuildOutput;
using Selvedge.Server.Configuration;

namespace Selvedge.Cli;

/// <summary>Finds out at start, and not at the first request, whether functions have a Node.js to run on.</summary>
internal static class NodeCheck
{
    private const int OldestMajor = 20;

    /// <summary>Asks the Node.js for its version, if the deployment needs one.</summary>
    /// <returns>What is wrong with it; <see langword="null"/> if nothing is.</returns>
    public static async Task<SettingFault?> FindFaultAsync(
        Deployment deployment,
        string nodePath,
        CancellationToken cancellationToken
    )
    {
        if (!deployment.Bundles.Any(static bundle => bundle.Config.Kind is FunctionKind.Node or FunctionKind.Edge))
        {
            return null;
        }

        const string key = "Functions:NodePath";
        try
        {
            var version = await AskVersionAsync(nodePath, cancellationToken);
            return MajorOf(version) switch
            {
                null => new SettingFault(
                    key,
                    $"'{nodePath}' does not answer as Node.js does; name a Node.js {OldestMajor} or later."
                ),
                < OldestMajor => new SettingFault(
                    key,
                    $"'{nodePath}' is Node.js {version}; functions need {OldestMajor} or later."
                ),
                _ => null,
            };
        }
        catch (Win32Exception exception)
        {
            return new SettingFault(
                key,
                $"'{nodePath}' cannot be started ({exception.Message}); install Node.js {OldestMajor} or later, or name it here."
            );
        }
    }

    private static async Task<string> AskVersionAsync(string nodePath, CancellationToken cancellationToken)
    {
        using var process = Process.Start(
            new ProcessStartInfo(nodePath, "--version")
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var version = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return version.Trim();
    }

    // "v20.20.2"
    private static int? MajorOf(string version) =>
        version.StartsWith('v') && int.TryParse(version[1..].Split('.')[0], out var major) ? major : null;
}
