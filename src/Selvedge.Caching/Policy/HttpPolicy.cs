using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Policy;

/// <summary>
/// The rules of a shared HTTP cache: RFC 9111 (caching), RFC 9213 (targeted fields) and RFC 5861 (stale content). Pure: whatever
/// time it needs is an argument.
/// </summary>
public sealed partial class HttpPolicy(HttpPolicyOptions options) : ICachePolicy
{
    // Statuses whose meaning is known well enough to guess a lifetime (RFC 9110 section 15.1). 206 is not: it is never stored.
    private static readonly HashSet<int> HeuristicallyCacheable = [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501];

    // Statuses whose caching requirements this policy implements (RFC 9111 section 5.2.2.3, must-understand).
    private static readonly HashSet<int> Understood =
    [
        .. HeuristicallyCacheable,
        201,
        202,
        302,
        303,
        307,
        400,
        401,
        403,
        500,
        502,
        503,
        504,
    ];

    /// <summary>What this policy was made with.</summary>
    public HttpPolicyOptions Options => options;

    /// <summary>Whether a request may be answered from the cache or fill it.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="fields">Its header fields.</param>
    /// <param name="hasBody">Whether it has a body, as its framing says.</param>
    public Bypass Admit(string method, IRequestFields fields, bool hasBody)
    {
        if (method is not ("GET" or "HEAD"))
        {
            return Bypass.Method;
        }

        if (hasBody)
        {
            return Bypass.Body;
        }

        if (options.BypassesAuthorization && fields.Get("authorization") is not null)
        {
            return Bypass.Authorization;
        }

        if (fields.Get("upgrade") is not null)
        {
            return Bypass.Upgrade;
        }

        // Only the origin may judge these (RFC 9111 section 4.3.2).
        return fields.Get("if-match") is null && fields.Get("if-unmodified-since") is null ? Bypass.None : Bypass.Condition;
    }

    /// <summary>The client's directives, as far as they count here.</summary>
    public CacheDirectives RequestDirectives(IRequestFields fields)
    {
        if (!options.HonoursRequestDirectives)
        {
            return CacheDirectives.None;
        }

        if (fields.Get("cache-control") is { } cacheControl)
        {
            return CacheControlField.Parse(cacheControl);
        }

        // Pragma counts only where Cache-Control is absent (RFC 9111 section 5.4).
        return fields.Get("pragma") is { } pragma && pragma.Contains("no-cache", StringComparison.OrdinalIgnoreCase)
            ? CacheControlField.Parse(pragma)
            : CacheDirectives.None;
    }

    /// <summary>What may be done with a stored response (RFC 9111 section 4).</summary>
    /// <param name="freshness">The stored response's.</param>
    /// <param name="age">How old it is now.</param>
    /// <param name="request">The client's directives.</param>
    public static Reuse Judge(Freshness freshness, TimeSpan age, CacheDirectives request)
    {
        if (freshness.AlwaysValidate || request.NoCache || IsOlderThan(age, request.MaxAge))
        {
            return Reuse.Validate;
        }

        var left = freshness.Lifetime - age;
        if (left > TimeSpan.Zero)
        {
            return request.MinFresh is { } wanted && left < TimeSpan.FromSeconds(wanted) ? Reuse.Validate : Reuse.Fresh;
        }

        if (request.MinFresh is not null)
        {
            return Reuse.Validate;
        }

        if (freshness.MayBeStale && request.MaxStale is { } limit && -left <= TimeSpan.FromSeconds(limit))
        {
            return Reuse.StaleAllowed;
        }

        return -left < freshness.StaleWhileRevalidate ? Reuse.StaleWhileRevalidate : Reuse.Validate;
    }

    /// <summary>Whether a stored response may stand in for what the origin just did.</summary>
    /// <param name="freshness">The stored response's.</param>
    /// <param name="age">How old it is now.</param>
    /// <param name="answered">Whether the origin answered at all; then with an error.</param>
    public static bool StandsInForError(Freshness freshness, TimeSpan age, bool answered)
    {
        var stale = age - freshness.Lifetime;
        return stale < freshness.StaleIfError || (!answered && stale < freshness.StaleIfUnreachable);
    }

    /// <summary>Whether a status is an error that a stale response may stand in for (RFC 5861 section 4).</summary>
    public static bool IsError(int status) => status is 500 or 502 or 503 or 504;

    private static bool IsOlderThan(TimeSpan age, long? limit) => limit is { } seconds && age > TimeSpan.FromSeconds(seconds);
}
