namespace Selvedge.Server.Configuration;

/// <summary>How functions run.</summary>
public sealed record FunctionOptions
{
    /// <summary>The Node.js to run them with: a name found in <c>PATH</c>, or a path. Version 20 or later.</summary>
    public string NodePath { get; init; } = "node";

    /// <summary>How many requests one function's process works on at once. 1000 by default.</summary>
    public int MaxConcurrency { get; init; } = 1000;

    /// <summary>How long a function's process may take to load it. 30 seconds by default.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After how long without a request a function's process is ended. 5 minutes by default; 0 never ends it.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Variables for all functions. They come over the project's <c>.env</c> files and under what a function's own configuration
    /// says. Nothing of the server's own environment reaches a function.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}
