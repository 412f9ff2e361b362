using System.Runtime.InteropServices;

namespace Selvedge.Cli;

/// <summary>
/// Ends a server at once that is told to stop while it stops already. Telling it the first time is the host's business: it
/// drains.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    /// <summary>Watches for SIGTERM and SIGINT from now on.</summary>
    public StopSignals() =>
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        ];

    /// <summary>Leaves signals to others again.</summary>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private void OnSignal(PosixSignalContext context)
    {
        // Without this the first signal would end the process here and now.
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            Console.Error.WriteLine("Stopping: requests under way finish first. A second signal ends the server at once.");
            return;
        }

        Console.Error.WriteLine("Ended by a second signal: requests under way were cut off.");
        // Nothing that was acknowledged is lost by it, and function processes end when their server is gone, as after a crash.
        Environment.Exit(ExitCodes.Interrupted);
    }
}
