namespace Selvedge.Functions.Processes;

/// <summary>Which requests of a function come back to the server, and how.</summary>
/// <param name="Socket">The server's socket.</param>
/// <param name="Names">The site's names.</param>
internal sealed record LoopbackMessage(string Socket, IReadOnlyList<string> Names);
