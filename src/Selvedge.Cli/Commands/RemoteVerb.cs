using Selvedge.Cli.Output;
using Selvedge.Cli.Remote;

namespace Selvedge.Cli.Commands;

/// <summary>Runs what speaks to a running server, and says how it went.</summary>
internal static class RemoteVerb
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<Task<RemoteFault?>> run)
    {
        try
        {
            if (await run() is not { } fault)
            {
                return ExitCodes.Success;
            }

            Faults.Print(fault.Message);
            return ExitCodes.Fault;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (IOException exception)
        {
            // Standard input or output: everything the server does wrong is a fault.
            Faults.Print(exception.Message);
            return ExitCodes.Fault;
        }
    }
}
