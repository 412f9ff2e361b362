namespace Selvedge.Cli.Remote;

/// <summary>What went wrong between the command and a running server.</summary>
/// <param name="Reason">Whether another try may help.</param>
/// <param name="Message">One sentence for the person at the terminal.</param>
internal sealed record RemoteFault(RemoteFaultReason Reason, string Message);
