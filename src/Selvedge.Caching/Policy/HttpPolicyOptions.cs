namespace Selvedge.Caching.Policy;

/// <summary>What one kind of origin may have cached, and how.</summary>
public sealed record HttpPolicyOptions
{
    /// <summary>
    /// Functions of a deployment, by Vercel's rules: an answer is kept only if it says for how long, and only with a status that
    /// stands for a page; the client's own directives do not reach the cache, and neither does a request with
    /// <c>Authorization</c>.
    /// </summary>
    public static HttpPolicyOptions Functions { get; } =
        new()
        {
            Heuristics = false,
            StoresForValidation = false,
            HonoursRequestDirectives = false,
            BypassesAuthorization = true,
            HonoursRevalidateDirectives = false,
            StaleIfUnreachable = TimeSpan.Zero,
            StoredStatuses = new HashSet<int> { 200, 301, 302, 307, 308, 404, 410 },
        };

    /// <summary>External origins, by the RFCs: Selvedge is a shared HTTP cache in front of them.</summary>
    public static HttpPolicyOptions External { get; } = new();

    /// <summary>
    /// The targeted fields (RFC 9213) in rising distance: the first one present and valid governs, and <c>Cache-Control</c> does
    /// if none is.
    /// </summary>
    public IReadOnlyList<string> TargetedFields { get; init; } = ["vercel-cdn-cache-control", "cdn-cache-control"];

    /// <summary>Whether a response without explicit lifetime may live a tenth of its age (RFC 9111 section 4.2.2).</summary>
    public bool Heuristics { get; init; } = true;

    /// <summary>The longest heuristic lifetime. A day by default, as RFC 9111 section 4.2.2 knows it.</summary>
    public TimeSpan HeuristicLimit { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Whether a response that is stale at once is kept for its validator.</summary>
    public bool StoresForValidation { get; init; } = true;

    /// <summary>Whether a client's <c>Cache-Control</c> counts (RFC 9111 section 5.2.1).</summary>
    public bool HonoursRequestDirectives { get; init; } = true;

    /// <summary>Whether <c>must-revalidate</c> and <c>proxy-revalidate</c> forbid stale answers (RFC 9111 section 5.2.2).</summary>
    public bool HonoursRevalidateDirectives { get; init; } = true;

    /// <summary>Whether a request with <c>Authorization</c> passes the cache by; otherwise RFC 9111 section 3.5 decides.</summary>
    public bool BypassesAuthorization { get; init; }

    /// <summary>
    /// Whether a response with <c>Set-Cookie</c> may be given to others. The RFC allows it; the default does not, because a
    /// session cookie shared by mistake lets strangers in.
    /// </summary>
    public bool SharesSetCookie { get; init; }

    /// <summary>The statuses that may be stored. Empty, the default, allows every final status that is explicitly cacheable.</summary>
    public IReadOnlySet<int> StoredStatuses { get; init; } = new HashSet<int>();

    /// <summary>How long a stale response may stand in for an origin that cannot be reached, unless it says otherwise itself.</summary>
    public TimeSpan StaleIfUnreachable { get; init; } = TimeSpan.FromDays(1);
}
