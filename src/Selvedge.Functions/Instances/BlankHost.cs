using Selvedge.Functions.Output;
using Selvedge.Functions.Processes;

namespace Selvedge.Functions.Instances;

/// <summary>A host process that has connected and is no function yet; a <see cref="FunctionInstance"/> is made of it.</summary>
/// <param name="Process">The process.</param>
/// <param name="Control">The line to it.</param>
/// <param name="Output">What it prints.</param>
/// <param name="Socket">Where it is going to serve; in the directory of its own, which goes when it does.</param>
internal sealed record BlankHost(HostProcess Process, ControlConnection Control, FunctionOutput Output, string Socket)
    : IDisposable
{
    /// <summary>Kills the process, and gives its exit code when nothing of it is left.</summary>
    public async Task<int> EndAsync()
    {
        var exitCode = await Process.EndAsync();
        Dispose();
        return exitCode;
    }

    public void Dispose()
    {
        Control.Dispose();
        Process.Dispose();
        InstanceSockets.DeleteDirectoryOf(Socket);
    }
}
