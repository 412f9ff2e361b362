namespace Selvedge.Functions.Processes;

/// <summary>What the server says to a host process over its control connection.</summary>
/// <param name="Type"><c>ping</c>, <c>drain</c>, or what a derived message says.</param>
/// <param name="Id">Names a <c>ping</c>, so that its answer is recognised.</param>
internal record ServerMessage(string Type, long Id = 0)
{
    /// <summary>Leave, once no response is open and no <c>waitUntil</c> work is pending.</summary>
    public static readonly ServerMessage Drain = new("drain");
}
