namespace Selvedge.Cli;

/// <summary>What the command's exit says to scripts.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The settings or the build output are at fault; every fault has been printed.</summary>
    public const int Fault = 1;

    /// <summary>The disk failed under the streams. Nothing is lost that was acknowledged; start the server again.</summary>
    public const int DataFailure = 2;
}
