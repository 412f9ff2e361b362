namespace Selvedge.Cli;

/// <summary>What the command's exit says to scripts.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>
    /// It could not be done: settings, build output or arguments are at fault, a running server refused or was not there, or a data
    /// directory is damaged. What is wrong has been printed.
    /// </summary>
    public const int Fault = 1;

    /// <summary>The disk failed under the streams. Nothing is lost that was acknowledged; start the server again.</summary>
    public const int DataFailure = 2;

    /// <summary>Stopped by a signal before it was done; what shells say of a program that SIGINT ended.</summary>
    public const int Interrupted = 130;
}
