using Selvedge.Functions.Isolation;

namespace Selvedge.Server.Configuration;

/// <summary>How functions run.</summary>
public sealed record FunctionOptions
{
    /// <summary>
    /// The Node.js to run them with, version 20 or later: a name found in <c>PATH</c>, or a path. Empty, the default, takes the one that the
    /// project has installed by npm's package <c>node</c>, or else the first in <c>PATH</c>.
    /// </summary>
    public string NodePath { get; init; } = "";

    /// <summary>What separates functions from the machine: a process each, by default, or a sandbox each.</summary>
    public FunctionIsolation Isolation { get; init; } = FunctionIsolation.Process;

    /// <summary>The program that makes sandboxes: a name found in <c>PATH</c>, or a path. <c>bwrap</c> by default.</summary>
    public string BubblewrapPath { get; init; } = "bwrap";

    /// <summary>Whether functions in sandboxes reach the network. True by default; their own site they reach in any case.</summary>
    public bool SandboxNetwork { get; init; } = true;

    /// <summary>
    /// Whether Node.js refuses functions whatever is not theirs (its permission model): other files than their own, other processes,
    /// workers, add-ons. False by default.
    /// </summary>
    public bool NodePermissions { get; init; }

    /// <summary>What is allowed under <see cref="NodePermissions"/> all the same: <c>addons</c>, <c>child-process</c>, <c>wasi</c>, <c>worker</c>.</summary>
    public IReadOnlyList<string> NodePermissionsAllow { get; init; } = [];

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
