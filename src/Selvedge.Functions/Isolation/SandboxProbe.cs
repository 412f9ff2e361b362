using System.ComponentModel;
using System.Diagnostics;

namespace Selvedge.Functions.Isolation;

/// <summary>Finds out whether this machine lets functions be sandboxed, by doing it.</summary>
public static class SandboxProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Runs Node.js in a sandbox for a moment.</summary>
    /// <param name="options">How sandboxes are made.</param>
    /// <param name="nodePath">The absolute path of the Node.js that is to run in them.</param>
    /// <param name="searchPath">The variable <c>PATH</c>.</param>
    /// <param name="timeProvider">The clock of the time that it may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why it cannot be done and what to do, one or two sentences; <see langword="null"/> if it can.</returns>
    public static async Task<string?> FindFaultAsync(
        SandboxOptions options,
        string nodePath,
        string? searchPath,
        TimeProvider timeProvider,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!OperatingSystem.IsLinux())
        {
            return "Sandboxes need Linux; use the isolation 'process' here.";
        }

        if (Sandbox.FindProgram(options, searchPath) is not { } program)
        {
            return $"Sandboxes need bubblewrap, and there is no '{options.BubblewrapPath}' here: install the package 'bubblewrap'.";
        }

        var command = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] words = [.. Sandbox.Arguments(options, [nodePath], [], [], Sandbox.TemporaryDirectory), nodePath, "--version"];
        foreach (var word in words)
        {
            command.ArgumentList.Add(word);
        }

        try
        {
            return await RunAsync(command, timeProvider, cancellationToken) is { } fault
                ? $"bubblewrap cannot make a sandbox here: {fault} Containers and some distributions forbid user namespaces to programs; "
                    + "allow them, or use the isolation 'process'."
                : null;
        }
        catch (Win32Exception exception)
        {
            return $"'{program}' cannot be started: {exception.Message}.";
        }
    }

    private static async Task<string?> RunAsync(
        ProcessStartInfo command,
        TimeProvider timeProvider,
        CancellationToken cancellationToken
    )
    {
        using var process = Process.Start(command)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = await process
                .StandardError.ReadToEndAsync(cancellationToken)
                .WaitAsync(Timeout, timeProvider, cancellationToken);
            await output.WaitAsync(Timeout, timeProvider, cancellationToken);
            await process.WaitForExitAsync(cancellationToken).WaitAsync(Timeout, timeProvider, cancellationToken);
            return process.ExitCode == 0 ? null : $"{error.Trim().TrimEnd('.')}.";
        }
        catch (TimeoutException)
        {
            return $"it does not end within {Timeout.TotalSeconds:F0} s.";
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
