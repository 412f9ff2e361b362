using System.ComponentModel;
using System.Diagnostics;

namespace Selvedge.Functions.Runtimes;

/// <summary>A Node.js that runs functions.</summary>
/// <param name="Path">Its executable: an absolute path, links resolved.</param>
/// <param name="Source">Why it was chosen.</param>
/// <param name="Version">What it says of itself.</param>
public sealed record NodeRuntime(string Path, NodeSource Source, Version Version)
{
    /// <summary>The oldest version that runs functions.</summary>
    public const int OldestMajor = 20;

    /// <summary>The newest version that the tests run with; it is the fastest too.</summary>
    public const int NewestMajor = 24;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Chooses a Node.js and asks for its version.</summary>
    /// <param name="setting">The path or name that a setting gives; empty for none.</param>
    /// <param name="projectRoot">The project that is served; <see langword="null"/> for none.</param>
    /// <param name="searchPath">The variable <c>PATH</c>.</param>
    /// <param name="timeProvider">The clock of the time that it has for its answer.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>The Node.js, or what is wrong with the one that was chosen: one sentence.</returns>
    public static async Task<(NodeRuntime? Runtime, string? Fault)> FindAsync(
        string setting,
        string? projectRoot,
        string? searchPath,
        TimeProvider timeProvider,
        CancellationToken cancellationToken
    )
    {
        if (NodeCandidates.Choose(setting, projectRoot, searchPath) is not { } chosen)
        {
            return setting.Length > 0
                ? (null, $"'{setting}' cannot be started: there is no such program; name a Node.js {OldestMajor} or later.")
                : (
                    null,
                    $"There is no Node.js in PATH; install Node.js {OldestMajor} or later, name it here, or add npm's package 'node' to the project."
                );
        }

        return await AskAsync(chosen.Path, chosen.Source, timeProvider, cancellationToken);
    }

    private static async Task<(NodeRuntime? Runtime, string? Fault)> AskAsync(
        string path,
        NodeSource source,
        TimeProvider timeProvider,
        CancellationToken cancellationToken
    )
    {
        string answer;
        try
        {
            answer = await AskAsync(path, timeProvider, cancellationToken);
        }
        catch (Win32Exception exception)
        {
            return (
                null,
                $"'{path}' cannot be started ({exception.Message}); install Node.js {OldestMajor} or later, or name it here."
            );
        }
        catch (TimeoutException)
        {
            return (null, $"'{path}' does not say its version within {AnswerTimeout.TotalSeconds:F0} s.");
        }

        // "v20.20.2"; a version that is not released yet says "v25.0.0-nightly…".
        if (!answer.StartsWith('v') || !Version.TryParse(answer[1..].Split('-')[0], out var version))
        {
            return (null, $"'{path}' does not answer as Node.js does; name a Node.js {OldestMajor} or later.");
        }

        return version.Major < OldestMajor
            ? (null, $"'{path}' is Node.js {version}; functions need {OldestMajor} or later.")
            : (new NodeRuntime(path, source, version), null);
    }

    private static async Task<string> AskAsync(string path, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var process = Process.Start(
            new ProcessStartInfo(path, "--version")
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.StandardInput.Close();
        try
        {
            var answer = await process
                .StandardOutput.ReadToEndAsync(cancellationToken)
                .WaitAsync(AnswerTimeout, timeProvider, cancellationToken);
            return answer.Trim();
        }
        finally
        {
            // It has ended, or never will.
            process.Kill(entireProcessTree: true);
        }
    }
}
