namespace Selvedge.Functions.Isolation;

/// <summary>What separates functions from the machine and from each other.</summary>
public enum FunctionIsolation
{
    /// <summary>A process each, as the server's own user: separates faults, not tenants.</summary>
    Process,

    /// <summary>
    /// A process each in a sandbox of bubblewrap: a read-only system, the function's own files read-only, a temporary directory of its
    /// own, and no view of other processes. Linux only.
    /// </summary>
    Sandbox,
}
