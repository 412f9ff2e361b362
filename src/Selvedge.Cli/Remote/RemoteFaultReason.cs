namespace Selvedge.Cli.Remote;

/// <summary>Why a running server did not do what it was asked.</summary>
internal enum RemoteFaultReason
{
    /// <summary>It refused, and would again.</summary>
    Refused,

    /// <summary>It has too much to do, or is about to be replaced; another try may succeed.</summary>
    Busy,

    /// <summary>No answer came.</summary>
    Unreachable,
}
