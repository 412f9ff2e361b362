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

    /// <summary>How many requests run in one instance at once; a function's own setting wins. The default is 1,000.</summary>
    public int MaxConcurrencyPerInstance { get; init; } = 1000;

    /// <summary>How many instances of one function there may be. The default is the number of processors, and 4 at least.</summary>
    public int MaxInstancesPerFunction { get; init; } = Math.Max(4, System.Environment.ProcessorCount);

    /// <summary>How many processes there may be of all functions together, blanks included. The default is 64.</summary>
    public int MaxInstances { get; init; } = 64;

    /// <summary>
    /// How many of a function's instances stay however long they have no request, once they were started. The default is 0. They are
    /// given up all the same when another function needs their place.
    /// </summary>
    public int MinInstances { get; init; }

    /// <summary>
    /// How many processes are started before they are needed, for each kind of function that is in use (runtime and memory). The default
    /// is 1; 0 starts none.
    /// </summary>
    public int WarmBlanks { get; init; } = 1;

    /// <summary>How many requests of one function may wait for a place; more are turned away. The default is 10,000.</summary>
    public int MaxQueuedRequests { get; init; } = 10_000;

    /// <summary>
    /// How long a request may wait for a place. The default is 60 seconds; <see cref="Timeout.InfiniteTimeSpan"/> leaves it to the client.
    /// </summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How many bytes an instance of a function that names no memory may hold, those of the processes that it starts included;
    /// <see langword="null"/> sets no limit. The default is 2 GiB. It is ended when it holds more.
    /// </summary>
    public long? MaxResidentBytes { get; init; } = 2L << 30;

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
