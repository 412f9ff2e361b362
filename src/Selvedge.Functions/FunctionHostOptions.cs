using Selvedge.Functions.Isolation;

namespace Selvedge.Functions;

/// <summary>Settings of a <see cref="FunctionHost"/>.</summary>
public sealed record FunctionHostOptions
{
    /// <summary>The Node.js executable, a path or a name looked up in <c>PATH</c>. Node 20 and later work.</summary>
    public string NodePath { get; init; } = "node";

    /// <summary>
    /// The directory of the instances' sockets, for this run of the server alone. It is created with mode 0700, and must be short:
    /// a Unix socket's path ends at 107 bytes.
    /// </summary>
    public required string SocketDirectory { get; init; }

    /// <summary>What separates functions from the machine. The default is a process each, and nothing more.</summary>
    public FunctionIsolation Isolation { get; init; } = FunctionIsolation.Process;

    /// <summary>How sandboxes are made, if <see cref="Isolation"/> asks for them.</summary>
    public SandboxOptions Sandbox { get; init; } = new();

    /// <summary>What Node.js refuses to functions; <see langword="null"/>, the default, is nothing.</summary>
    public NodePermissions? Permissions { get; init; }

    /// <summary>How functions reach their own site; <see langword="null"/>, the default, sends them the way that everybody goes.</summary>
    public FunctionLoopback? Loopback { get; init; }

    /// <summary>How many requests run in one instance at once; more wait in order. The default is 1,000.</summary>
    public int MaxConcurrency { get; init; } = 1000;

    /// <summary>How many requests of one function may wait for a place; more are turned away. The default is 10,000.</summary>
    public int MaxQueuedRequests { get; init; } = 10_000;

    /// <summary>How long an instance may take from its process's start to readiness. The default is 30 seconds.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an instance lives without a request. The default is 5 minutes; <see cref="Timeout.InfiniteTimeSpan"/> keeps it for good.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an instance that was told to end may take before its process is killed. The default is 5 seconds.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long an instance may take to answer a ping once a request of its has timed out; after that it hangs, and is killed.
    /// The default is 2 seconds.
    /// </summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The largest request body in bytes; <see langword="null"/>, the default, leaves the limit to the server.</summary>
    public long? MaxRequestBodyBytes { get; init; }

    /// <summary>The most bytes that a request's, or a response's, header section may have. The default is 64 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 64 * 1024;

    /// <summary>The most characters of one log line or console message of a function; the rest is cut. The default is 16 Ki.</summary>
    public int MaxLogLineLength { get; init; } = 16 * 1024;

    /// <summary>
    /// Variables that every function gets unless its own environment sets them; they win over the host's own defaults, such as
    /// <c>VERCEL_URL</c> and <c>VERCEL_REGION</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}
