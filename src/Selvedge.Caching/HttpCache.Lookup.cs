using Selvedge.Caching.Fields;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Purging;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;

namespace Selvedge.Caching;

// Step 2: what memory holds for a request, whether it may answer, and the answer it makes.
public sealed partial class HttpCache
{
    private Lookup LookUp(CacheRequest request, CacheDirectives directives)
    {
        if (_store.Find(request.Key, request.Target, request.Fields, out var known) is not { } response)
        {
            return new Lookup(null, Reuse.Validate, known is null ? Forward.UriMiss : Forward.VaryMiss, default, known);
        }

        return Examine(request, directives, response, known);
    }

    private Lookup Examine(CacheRequest request, CacheDirectives directives, StoredResponse response, StoredResponse? known)
    {
        var purged = _purges.StateOf(request.Key, response.Tags, response.BeganAt);
        if (purged is PurgeKind.Hard)
        {
            _store.Remove(request.Key, response);
            return new Lookup(null, Reuse.Validate, Forward.UriMiss, default, known);
        }

        var age = response.AgeAt(_clock);
        if (!response.Freshness.AnswersCredentials && request.Fields.Get("authorization") is not null)
        {
            return new Lookup(null, Reuse.Validate, Forward.Bypass, age, known);
        }

        var reuse = HttpPolicy.Judge(response.Freshness, age, directives);
        if (purged is PurgeKind.Soft && reuse is Reuse.Fresh)
        {
            reuse = response.Freshness.MayBeStale ? Reuse.StaleWhileRevalidate : Reuse.Validate;
        }

        var isStale = age >= response.Freshness.Lifetime || response.Freshness.AlwaysValidate || purged is PurgeKind.Soft;
        return new Lookup(response, reuse, isStale ? Forward.Stale : Forward.Request, age, known);
    }

    private CacheAnswer? TryAnswer(CacheRequest request, Lookup found)
    {
        if (found.Reuse is Reuse.Validate || found.Response is not { } response)
        {
            return null;
        }

        if (found.Reuse is Reuse.StaleWhileRevalidate)
        {
            // 3. Refresh, while the client has its answer.
            RefreshInBackground(request, response);
        }
        else
        {
            OfferToDisk(request.Key, response);
        }

        var verdict = found.Reuse is Reuse.Fresh ? CacheVerdict.Hit : CacheVerdict.Stale;
        _metrics.Answered(verdict, collapsed: false);
        return new CacheAnswer
        {
            Stored = response,
            // Nobody else has a fresh response whose body lies on disk: each request opens the file for itself.
            Held = found.Reuse is Reuse.Fresh ? response.Body.OnDisk : null,
            Age = found.Age,
            Verdict = verdict,
            Status = new CacheStatus(Forward.None) { TimeToLive = Seconds(response.Freshness.TimeToLive(found.Age)) },
        };
    }

    private Lookup LookAgain(CacheRequest request, CacheDirectives directives, Lookup found)
    {
        if (request.IsReload)
        {
            return found;
        }

        var again = LookUp(request, directives);
        return again.Response is null && found.Response is { Body.OnDisk: not null } onDisk
            ? Examine(request, directives, onDisk, found.Known)
            : again;
    }
}
