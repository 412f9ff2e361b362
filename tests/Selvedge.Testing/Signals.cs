using System.Runtime.InteropServices;

namespace Selvedge.Testing;

/// <summary>What a service manager says to a process. (The base library can only kill.)</summary>
public static partial class Signals
{
    private const int SigTerm = 15;

    /// <summary>Sends SIGTERM; a process that has ended already is left at that.</summary>
    public static void Terminate(int processId) => _ = Kill(processId, SigTerm);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
