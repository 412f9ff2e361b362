using Selvedge.Caching.Collapsing;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;

namespace Selvedge.Caching;

// Steps 5 and 6: who leads begins the fetch, who follows waits for it, and each makes an answer of its outcome.
public sealed partial class HttpCache
{
    /// <summary>Begins the fetch, unless it turns out not to be needed.</summary>
    private CacheAnswer? TryLead(
        CacheRequest request,
        CacheDirectives directives,
        string fetchKey,
        SharedFetch fetch,
        ref Lookup found
    )
    {
        FetchPlan plan;
        try
        {
            // Look again: an earlier fetch may have settled between the miss and the join.
            found = LookAgain(request, directives, found);
            if (TryAnswer(request, found) is { } answer)
            {
                _collapser.Remove(fetchKey, fetch);
                fetch.Settle(FetchOutcome.Abandoned);
                return answer;
            }

            plan = new FetchPlan(request, fetchKey, directives, found.Response);
        }
        catch
        {
            // Whoever joined meanwhile must not wait for a fetch that will never be.
            _collapser.Remove(fetchKey, fetch);
            fetch.Settle(FetchOutcome.Abandoned);
            throw;
        }

        _ = RunAsync(plan, fetch);
        return null;
    }

    /// <summary>Waits for the outcome; <see langword="null"/> if patience ends first.</summary>
    private async ValueTask<FetchOutcome?> WaitAsync(
        SharedFetch fetch,
        bool leads,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await (leads ? fetch.Outcome : fetch.FollowAsync()).WaitAsync(patience, _clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            fetch.Leave(leads);
            return null;
        }
        catch (OperationCanceledException)
        {
            fetch.Leave(leads);
            throw;
        }
    }

    private CacheAnswer? TryAnswer(CacheRequest request, Lookup found, FetchOutcome outcome, SharedFetch fetch, bool leads)
    {
        if (outcome.Failure is { } failure)
        {
            _metrics.Answered(CacheVerdict.Miss, !leads);
            return new CacheAnswer { Failure = failure, Status = StatusOf(found.Forward, outcome, leads) };
        }

        if (leads && fetch.TakeReply() is { } reply)
        {
            _metrics.Answered(CacheVerdict.Miss, collapsed: false);
            return new CacheAnswer { Reply = reply, Status = StatusOf(found.Forward, outcome, leads) };
        }

        if (outcome.Response is not { } response || (!leads && !MayFollow(request, outcome, response)))
        {
            return null;
        }

        if (!leads)
        {
            OfferToDisk(request.Key, response);
        }

        _metrics.Answered(outcome.Verdict, !leads);
        var age = response.AgeAt(_clock);
        return new CacheAnswer
        {
            Stored = response,
            Age = outcome.Verdict is CacheVerdict.Miss ? null : age,
            Verdict = outcome.Verdict,
            Status = StatusOf(found.Forward, outcome, leads, response, age),
        };
    }

    private static CacheStatus StatusOf(Forward forward, FetchOutcome outcome, bool leads) =>
        new(forward)
        {
            ForwardStatus = outcome.OriginStatus,
            Collapsed = !leads,
            Detail = outcome.NotStored is NotStored.None ? null : outcome.NotStored.ToString(),
        };

    private static CacheStatus StatusOf(Forward forward, FetchOutcome outcome, bool leads, StoredResponse response, TimeSpan age)
    {
        var isKept = outcome.NotStored is NotStored.None;
        long? timeToLive = isKept ? Seconds(response.Freshness.TimeToLive(age)) : null;
        if (!leads && outcome.Told is { } told && told.Forward == forward && told.TimeToLive == timeToLive)
        {
            return told;
        }

        var status = new CacheStatus(forward)
        {
            ForwardStatus = outcome.OriginStatus,
            Collapsed = !leads,
            Detail = isKept ? null : outcome.NotStored.ToString(),
            Stored = isKept && outcome.Verdict is not CacheVerdict.Stale,
            TimeToLive = timeToLive,
        };
        if (!leads)
        {
            // Ten thousand who wait for one fetch are told one thing.
            outcome.Told = status;
        }

        return status;
    }

    // A follower takes what it could have found in the store a moment later, and nothing else.
    private static bool MayFollow(CacheRequest request, FetchOutcome outcome, StoredResponse response)
    {
        if (outcome.Kind is not FetchOutcomeKind.Shared)
        {
            return false;
        }

        if (outcome.NotStored is not NotStored.None && outcome.Version < request.SeenVersion)
        {
            // It was made before a change that this request knows of.
            return false;
        }

        var hasAuthorization = request.Fields.Get("authorization") is not null;
        return outcome.IsSharedError
            ? !hasAuthorization && request.Fields.Get("cookie") is null
            : response.Variance.Matches(request.Fields) && (!hasAuthorization || response.Freshness.AnswersCredentials);
    }
}
