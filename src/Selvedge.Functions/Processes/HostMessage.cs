namespace Selvedge.Functions.Processes;

/// <summary>What a host process says over its control connection.</summary>
/// <param name="Type"><c>ready</c>, <c>failed</c>, <c>pong</c>, <c>fault</c> or <c>drained</c>.</param>
/// <param name="Detail">The error behind <c>failed</c> and <c>fault</c>.</param>
/// <param name="Id">Which ping a <c>pong</c> answers.</param>
internal sealed record HostMessage(string Type, string? Detail, long Id);
