using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Policy;

/// <summary>
/// The rules for reads of append-only streams. <c>docs/reference/streams.md</c> has them as a table, with the reason of each.
/// </summary>
/// <remarks>
/// <code>
/// request                                            | the cache
/// ---------------------------------------------------+--------------------------------------------------------
/// not GET, live=sse, a debug request                 | is not asked; no verdict
/// Cache-Control: no-cache or no-store                | is not looked into, but filled          (BYPASS)
/// any other                                          | is looked into, joined, filled          (HIT, MISS)
///
/// response                                           | is
/// ---------------------------------------------------+--------------------------------------------------------
/// 200, a page that does not reach the tail           | stored
/// 200 of a long-poll, whether at the tail or not     | stored
/// 200 of a plain read that reaches the tail          | given to those who wait for it, and not stored
/// anything with no-store (offset=now)                | given to those who wait for it, and not stored
/// 204, 304 and errors                                | given to those who wait for it, and not stored
/// </code>
/// What is only given to those who wait must not miss anything they know of: see <see cref="CacheRequest.SeenVersion"/>.
/// A page at the tail of a <em>closed</em> stream could be stored, as it never changes; one rule for all tails is simpler to rely on.
/// </remarks>
public sealed class StreamPolicy : ICachePolicy
{
    private const string UpToDateField = "stream-up-to-date";

    private readonly bool _storesTail;

    private StreamPolicy(bool storesTail) => _storesTail = storesTail;

    /// <summary>For reads of what is there.</summary>
    public static StreamPolicy Pages { get; } = new(storesTail: false);

    /// <summary>
    /// For long-polls. Their answers are stored at the tail too: an answer holds at least one byte, so whoever gets it goes on from
    /// another offset, and nobody is held at an old one.
    /// </summary>
    public static StreamPolicy LongPolls { get; } = new(storesTail: true);

    /// <summary>Whether a request concerns the cache at all, and its answer says what the cache did.</summary>
    public static bool IsCacheable(string method, bool isSse, bool isDebug) => method == "GET" && !isSse && !isDebug;

    /// <summary>
    /// Whether a client asks for a fresh answer (<c>no-cache</c>, <c>no-store</c>): the cache is not looked into, nobody else's fetch is
    /// joined, and the answer is stored for the others. <c>max-age</c> does not ask for that: what is stored is what the stream holds.
    /// </summary>
    public static bool IsReload(string? cacheControl) =>
        cacheControl is not null && CacheControlField.Parse(cacheControl) is { NoCache: true } or { NoStore: true };

    /// <inheritdoc/>
    public Bypass Admit(string method, IRequestFields fields, bool hasBody) =>
        IsCacheable(method, isSse: false, isDebug: false) ? Bypass.None : Bypass.Method;

    /// <summary>None: what counts of them is <see cref="IsReload"/>.</summary>
    public CacheDirectives RequestDirectives(IRequestFields fields) => CacheDirectives.None;

    /// <inheritdoc/>
    public StoreDecision Judge(RequestFacts request, ResponseFacts response)
    {
        var directives = CacheControlField.Parse(FieldLines.Combined(response.Fields, "cache-control"));
        var lifetime = TimeSpan.FromSeconds(directives.MaxAge ?? 0);
        var reason =
            response.Status != 200 ? NotStored.Status
            : directives.NoStore ? NotStored.NoStore
            : !_storesTail && FieldLines.Has(response.Fields, UpToDateField) ? NotStored.Tail
            : lifetime <= TimeSpan.Zero ? NotStored.NoFreshness
            : NotStored.None;
        return reason is NotStored.None
            ? new StoreDecision(NotStored.None, Lives(lifetime), []) { IsForThoseWhoWait = true }
            : StoreDecision.OnlyThoseWhoWait(reason);
    }

    // Nothing is served stale: the origin is this process, and confirms a page without reading it.
    private static Freshness Lives(TimeSpan lifetime) =>
        new()
        {
            Lifetime = lifetime,
            MayBeStale = false,
            AnswersCredentials = true,
        };
}
