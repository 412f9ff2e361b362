using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Policy;

/// <content>What is stored and for how long (RFC 9111 sections 3 and 4.2).</content>
public sealed partial class HttpPolicy
{
    /// <summary>Whether a response is stored (RFC 9111 section 3), and how long it lives (section 4.2).</summary>
    public StoreDecision Judge(RequestFacts request, ResponseFacts response)
    {
        var directives = Governing(response.Fields, out var targeted);
        var refusal = Refuse(request, response, directives);
        if (refusal is not NotStored.None)
        {
            return StoreDecision.No(refusal);
        }

        var lifetime =
            ExplicitLifetime(response, directives, targeted)
            ?? (request.NeedsExplicitLifetime ? null : HeuristicLifetime(response, directives));
        if (lifetime is null && (request.NeedsExplicitLifetime || !options.StoresForValidation))
        {
            return StoreDecision.No(NotStored.NoFreshness);
        }

        var freshness = Describe(response, directives, lifetime ?? TimeSpan.Zero);
        return IsUseful(freshness) || (options.StoresForValidation && HasValidator(response.Fields))
            ? new StoreDecision(NotStored.None, freshness, directives.UnsharedFields)
            : StoreDecision.No(NotStored.NoFreshness);
    }

    /// <summary>The directives that govern this cache: the nearest targeted field's, or <c>Cache-Control</c>'s (RFC 9213).</summary>
    private CacheDirectives Governing(IReadOnlyList<KeyValuePair<string, string>> fields, out bool targeted)
    {
        foreach (var name in options.TargetedFields)
        {
            if (FieldLines.Combined(fields, name) is { } field && TargetedField.TryParse(field, out var directives))
            {
                targeted = true;
                return directives;
            }
        }

        targeted = false;
        return CacheControlField.Parse(FieldLines.Combined(fields, "cache-control"));
    }

    private NotStored Refuse(RequestFacts request, ResponseFacts response, CacheDirectives directives)
    {
        if (!IsStorableStatus(response.Status, directives))
        {
            return NotStored.Status;
        }

        // A status whose rules are understood may be stored in spite of no-store if must-understand says so (section 5.2.2.3).
        if (request.Directives.NoStore || (directives.NoStore && !directives.MustUnderstand))
        {
            return NotStored.NoStore;
        }

        if (directives.Private)
        {
            return NotStored.Private;
        }

        if (directives.NoCache && !options.StoresForValidation)
        {
            return NotStored.NoCache;
        }

        if (!options.SharesSetCookie && FieldLines.Has(response.Fields, "set-cookie"))
        {
            return NotStored.SetCookie;
        }

        if (Variance.IsUnbounded(FieldLines.Combined(response.Fields, "vary")))
        {
            return NotStored.Vary;
        }

        return request.HasAuthorization && !IsForAll(directives) ? NotStored.Authorization : NotStored.None;
    }

    private bool IsStorableStatus(int status, CacheDirectives directives)
    {
        // 206 and 304 are parts of an answer, and nobody asks for a 1xx.
        if (status is < 200 or > 999 or 206 or 304)
        {
            return false;
        }

        return directives.MustUnderstand && !Understood.Contains(status)
            ? false
            : options.StoredStatuses.Count == 0 || options.StoredStatuses.Contains(status);
    }

    private static TimeSpan? ExplicitLifetime(ResponseFacts response, CacheDirectives directives, bool targeted)
    {
        if ((directives.SharedMaxAge ?? directives.MaxAge) is { } seconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        // Expires belongs to Cache-Control, not to a targeted field (RFC 9213 section 2.1).
        if (targeted || FieldLines.Combined(response.Fields, "expires") is not { } field)
        {
            return null;
        }

        var sent = HttpDate.Parse(FieldLines.Combined(response.Fields, "date"), response.ResponseTime) ?? response.ResponseTime;
        // An invalid date, "0" above all, lies in the past (RFC 9111 section 5.3).
        return HttpDate.Parse(field, response.ResponseTime) is { } expires ? expires - sent : TimeSpan.Zero;
    }

    private TimeSpan? HeuristicLifetime(ResponseFacts response, CacheDirectives directives)
    {
        if (!options.Heuristics || (!directives.Public && !HeuristicallyCacheable.Contains(response.Status)))
        {
            return null;
        }

        var now = response.ResponseTime;
        if (HttpDate.Parse(FieldLines.Combined(response.Fields, "last-modified"), now) is not { } modified)
        {
            return null;
        }

        var sent = HttpDate.Parse(FieldLines.Combined(response.Fields, "date"), now) ?? now;
        var tenth = (sent - modified) / 10;
        return tenth < TimeSpan.Zero ? TimeSpan.Zero
            : tenth < options.HeuristicLimit ? tenth
            : options.HeuristicLimit;
    }

    private Freshness Describe(ResponseFacts response, CacheDirectives directives, TimeSpan lifetime)
    {
        var mustRevalidate =
            options.HonoursRevalidateDirectives
            && (directives.MustRevalidate || directives.ProxyRevalidate || directives.NoCache);
        var whileRevalidate = TimeSpan.FromSeconds(directives.StaleWhileRevalidate ?? 0);
        var ifError = TimeSpan.FromSeconds(directives.StaleIfError ?? 0);
        // s-maxage implies proxy-revalidate (RFC 9111 section 5.2.2.10), but an origin that grants stale use by name means it.
        var mayBeStale = !mustRevalidate && (!options.HonoursRevalidateDirectives || directives.SharedMaxAge is null);
        return new Freshness
        {
            Lifetime = lifetime,
            InitialAge = InitialAge.Of(response),
            StaleWhileRevalidate = mustRevalidate ? TimeSpan.Zero : whileRevalidate,
            StaleIfError = mustRevalidate ? TimeSpan.Zero : ifError,
            StaleIfUnreachable = mayBeStale && directives.StaleIfError is null ? options.StaleIfUnreachable : TimeSpan.Zero,
            AlwaysValidate = directives.NoCache,
            MayBeStale = mayBeStale,
            AnswersCredentials = IsForAll(directives),
        };
    }

    // What lets a response to a request with Authorization be shared (RFC 9111 section 3.5).
    private static bool IsForAll(CacheDirectives directives) =>
        directives.Public || directives.MustRevalidate || directives.SharedMaxAge is not null;

    private static bool IsUseful(Freshness freshness) =>
        !freshness.AlwaysValidate
        && freshness.Lifetime + freshness.StaleWhileRevalidate + freshness.StaleIfError > freshness.InitialAge;

    private static bool HasValidator(IReadOnlyList<KeyValuePair<string, string>> fields) =>
        FieldLines.Has(fields, "etag") || FieldLines.Has(fields, "last-modified");
}
