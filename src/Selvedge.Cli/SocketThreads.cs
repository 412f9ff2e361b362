namespace Selvedge.Cli;

/// <summary>Chooses on which threads the runtime completes what sockets do.</summary>
internal static class SocketThreads
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Completes on the thread that polls the sockets, which saves a fifth of the processor time of a hit. Must come before the first
    /// socket. Whoever has set the variable has decided.
    /// </summary>
    /// <remarks>
    /// Kestrel's transport runs there, which never waits, and answers that are in memory; all other requests leave for the thread pool
    /// (<c>docs/decisions/0049-hits-on-the-polling-thread.md</c>). What asks an origin or a function goes back to the pool once the answer's
    /// head is there (<c>docs/decisions/0048-inline-socket-completions.md</c>), unless a function's answer is only passed on
    /// (<c>docs/decisions/0051-one-link-to-a-process.md</c>).
    /// </remarks>
    public static void CompleteInline()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }
}
