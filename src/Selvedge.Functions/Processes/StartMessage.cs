namespace Selvedge.Functions.Processes;

/// <summary>Tells a blank host process which function to be.</summary>
internal sealed record StartMessage() : ServerMessage("start")
{
    /// <summary><c>node</c> or <c>edge</c>.</summary>
    public required string Runtime { get; init; }

    public required string Directory { get; init; }

    public required string Handler { get; init; }

    public required bool ShouldAddHelpers { get; init; }

    public required bool UseWebApi { get; init; }

    public required string? AwsLambdaHandler { get; init; }

    public required IReadOnlyDictionary<string, string> Assets { get; init; }

    /// <summary>The function's variables, for a process that was not started with them.</summary>
    public required IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>How the host program reaches the data cache, if there is one.</summary>
    public required DataCacheAccess? DataCache { get; init; }

    /// <summary>Where the process is to listen.</summary>
    public required string Socket { get; init; }

    /// <summary>Marks the responses that are the host's and not the function's.</summary>
    public required string Token { get; init; }

    /// <summary>How long <c>waitUntil</c> work is waited for, in milliseconds from its request's start.</summary>
    public required long MaxDuration { get; init; }

    /// <summary>How the function reaches its own site.</summary>
    public required LoopbackMessage? Loopback { get; init; }

    /// <summary>Where a console message is cut.</summary>
    public required int MaxLogLength { get; init; }
}
