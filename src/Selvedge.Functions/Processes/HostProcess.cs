using System.ComponentModel;
using System.Diagnostics;
using Selvedge.Functions.Output;

namespace Selvedge.Functions.Processes;

/// <summary>A host process as the operating system sees it.</summary>
internal sealed class HostProcess : IDisposable
{
    /// <summary>How long what a process wrote before its end may take to arrive.</summary>
    private static readonly TimeSpan LastWordsTimeout = TimeSpan.FromMilliseconds(250);

    private readonly Process _process;

    private HostProcess(Process process, FunctionOutput output, TimeProvider timeProvider)
    {
        _process = process;
        Id = process.Id;
        // A function reads an empty standard input, as on Vercel.
        process.StandardInput.Close();
        Exited = WaitAsync(
            Task.WhenAll(
                output.ReadAsync(process.StandardOutput.BaseStream, isError: false),
                output.ReadAsync(process.StandardError.BaseStream, isError: true)
            ),
            timeProvider
        );
    }

    /// <summary>The process's number.</summary>
    public int Id { get; }

    /// <summary>Completes with the exit code when the process has ended; 128 and a signal's number if that ended it.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts a process.</summary>
    /// <exception cref="Win32Exception">The executable, or the working directory, cannot be used.</exception>
    public static HostProcess Start(ProcessStartInfo command, FunctionOutput output, TimeProvider timeProvider)
    {
        var process = new Process { StartInfo = command };
        try
        {
            process.Start();
            return new HostProcess(process, output, timeProvider);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ends the process, and those it started, without asking. A process that has ended is left alone.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile, or a process that it started has.
        }
    }

    /// <summary>Kills the process, and waits until it is gone and what it wrote is read.</summary>
    public async Task<int> EndAsync()
    {
        Kill();
        return await Exited;
    }

    public void Dispose() => _process.Dispose();

    private async Task<int> WaitAsync(Task output, TimeProvider timeProvider)
    {
        await _process.WaitForExitAsync();
        try
        {
            await output.WaitAsync(LastWordsTimeout, timeProvider);
        }
        catch (TimeoutException)
        {
            // A process that this one has left behind holds its pipes open.
        }

        return _process.ExitCode;
    }
}
