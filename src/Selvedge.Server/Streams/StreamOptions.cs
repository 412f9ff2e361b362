namespace Selvedge.Server.Streams;

/// <summary>How streams are served. Bound from <c>Streams:</c>.</summary>
public sealed record StreamOptions
{
    /// <summary>
    /// Whether the server hosts streams. On by default. Beside a site they take the paths of projects that exist and leave all others
    /// to the site, so nothing changes for it until the first project is made.
    /// </summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How those who use streams say who they are. By a token, unless this is <see cref="StreamAuth.None"/>.</summary>
    public StreamAuth Auth { get; init; } = StreamAuth.Jwt;

    /// <summary>
    /// Says that streams that ask nobody who they are may be reached by others than this machine. Without it a server with
    /// <see cref="StreamAuth.None"/> listens on loopback addresses only. Off by default.
    /// </summary>
    public bool OpenToNetwork { get; init; }

    /// <summary>Whether answers say how long they took, in <c>Server-Timing</c>. Off by default: it tells strangers about the server.</summary>
    public bool ServerTiming { get; init; }

    /// <summary>Keep streams in memory only and lose them with the process. For trying things out; off by default.</summary>
    public bool InMemory { get; init; }

    /// <summary>The length of one write-ahead file, in bytes. 64 MiB by default; one append may have a quarter of it.</summary>
    public int WalBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long a long-poll waits for news before it answers 204. 4 seconds by default.</summary>
    public TimeSpan LongPollTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>About how long one SSE connection lasts; each is spread by a tenth around it, so that readers do not return all at once.</summary>
    public TimeSpan SseLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an SSE connection stays silent before a control event shows that it is alive. 15 seconds by default.</summary>
    public TimeSpan SseKeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest body of one append or create, in bytes; a longer one gets a 413. 8 MiB by default.</summary>
    public int MaxAppendBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The longest answer to a plain read, in bytes, unless one JSON message alone is longer. 1 MiB by default.</summary>
    public int PageBytes { get; init; } = 1024 * 1024;

    /// <summary>How many readers may wait on this server at once; one more gets a 429. 100 000 by default.</summary>
    public int MaxLiveReaders { get; init; } = 100_000;

    /// <summary>How many followers a publish waits for; where there are more, its answer says how many get it later. 200 by default.</summary>
    public int MaxAwaitedFollowers { get; init; } = 200;

    /// <summary>How many bytes the slowest follower of a stream may be behind before a publish gets a 429. 16 MiB by default.</summary>
    public int MaxFollowerLag { get; init; } = 16 * 1024 * 1024;

    /// <summary>Whether a cache answers reads that many want, and asks the store once for all of them. On by default.</summary>
    public bool EdgeCache { get; init; } = true;

    /// <summary>Whether <c>X-Debug-Coalesce</c> is answered with how often the store was read. For tests; off by default.</summary>
    public bool DebugCoalesce { get; init; }

    /// <summary>The origins whose scripts may use the streams of every project, beside those each allows; <c>*</c> is every one. None by default.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Whether webhooks may go to this machine itself over plain HTTP. For development; off by default.</summary>
    public bool AllowLoopbackWebhooks { get; init; }

    /// <summary>The address webhook receivers reach this server at, such as <c>https://streams.example</c>. By default the one the subscription was made through.</summary>
    public string? PublicUrl { get; init; }
}
