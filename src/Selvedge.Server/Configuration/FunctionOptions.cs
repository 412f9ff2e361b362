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

    /// <summary>How many requests one process works on at once, unless the function's own <c>maxConcurrency</c> says. 1000 by default.</summary>
    public int MaxConcurrencyPerInstance { get; init; } = 1000;

    /// <summary>How many processes one function may have. By default the number of processors, and 4 at least.</summary>
    public int MaxInstancesPerFunction { get; init; } = Math.Max(4, System.Environment.ProcessorCount);

    /// <summary>How many processes there may be of all functions together. 64 by default.</summary>
    public int MaxInstances { get; init; } = 64;

    /// <summary>How many of a function's processes stay without requests, once they were started. 0 by default.</summary>
    public int MinInstances { get; init; }

    /// <summary>How many processes are kept started that are no function yet, for each kind of function in use. 1 by default.</summary>
    public int WarmBlanks { get; init; } = 1;

    /// <summary>How many requests of one function may wait for a place in a process; more get a 503. 10,000 by default.</summary>
    public int MaxQueuedRequests { get; init; } = 10_000;

    /// <summary>How long a request may wait for a place until it gets a 503. 60 seconds by default; 0 sets no limit.</summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How many bytes a process of a function that names no <c>memory</c> may hold until it is ended. 2 GiB by default; 0 sets no limit.
    /// </summary>
    public long MaxResidentBytes { get; init; } = 2L << 30;

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
