namespace Selvedge.Functions.Processes;

/// <summary>What a host process says over its control connection.</summary>
/// <param name="Type"><c>ready</c>, <c>failed</c>, <c>pong</c>, <c>fault</c> or <c>drained</c>.</param>
/// <param name="Detail">The error behind <c>failed</c> and <c>fault</c>.</param>
/// <param name="Id">Which ping a <c>pong</c> answers.</param>
/// <param name="Utilization">In a <c>pong</c>, the share of time since the last that the event loop was not idle, 0 to 1.</param>
internal sealed record HostMessage(string Type, string? Detail, long Id, double Utilization);
