using Selvedge.Caching.Collapsing;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Purging;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;

namespace Selvedge.Caching;

/// <content>The fetch, which belongs to the cache and to no request.</content>
public sealed partial class HttpCache
{
    private void RefreshInBackground(CacheRequest request, StoredResponse stale)
    {
        if (!stale.MayRefresh(_clock.GetTimestamp()) || Volatile.Read(ref _refreshes) >= _options.MaxRefreshes)
        {
            return;
        }

        var fetchKey = FetchKey(request, stale);
        if (_collapser.TryBegin(fetchKey, _purges.Position) is { } fetch)
        {
            _ = RefreshAsync(new FetchPlan(request, fetchKey, CacheDirectives.None, stale), fetch);
        }
    }

    private async Task RefreshAsync(FetchPlan plan, SharedFetch fetch)
    {
        Interlocked.Increment(ref _refreshes);
        // Nobody leads it, so a reply that is not for all has no taker.
        fetch.LeadIsAbsent();
        try
        {
            await RunAsync(plan, fetch);
            var outcome = await fetch.Outcome;
            if (outcome.Kind is FetchOutcomeKind.Failed || outcome.Verdict is CacheVerdict.Stale || outcome.OriginStatus >= 500)
            {
                plan.Stale!.HoldRefreshUntil(_clock.GetTimestamp() + Timestamps(_options.RefreshPause));
                Log.RefreshFailed(_logger, LoggedKey.Of(plan.Key));
            }
        }
        finally
        {
            Interlocked.Decrement(ref _refreshes);
        }
    }

    /// <summary>Fetches, settles, and fills the body. Never throws.</summary>
    private async Task RunAsync(FetchPlan plan, SharedFetch fetch)
    {
        try
        {
            await FetchAndSettleAsync(plan, fetch);
        }
        catch (OperationCanceledException) when (fetch.Unwanted.IsCancellationRequested)
        {
            Settle(plan, fetch, FetchOutcome.Abandoned);
        }
        catch (Exception exception)
        {
            Log.FetchCrashed(_logger, exception, LoggedKey.Of(plan.Key));
            Settle(plan, fetch, new(FetchOutcomeKind.Failed) { Failure = new FetchFailure(500, "INTERNAL_CACHE_ERROR") });
        }
    }

    private async Task FetchAndSettleAsync(FetchPlan plan, SharedFetch fetch)
    {
        var stale = plan.Stale;
        var requestTime = _clock.GetUtcNow();
        var reply = await plan.Call.SendAsync(ValidatorsOf(stale), fetch.Unwanted);
        if (stale is not null && reply.Answered && reply.Status == 304 && !Confirms(reply, stale))
        {
            // It confirms something else than what was asked about (RFC 9111 section 4.3.4): ask for the whole.
            await reply.DisposeAsync();
            reply = await plan.Call.SendAsync(validators: null, fetch.Unwanted);
        }

        fetch.Arrive();
        try
        {
            await SettleAsync(plan, fetch, reply, requestTime);
        }
        catch
        {
            await reply.DisposeAsync();
            throw;
        }
    }

    private async Task SettleAsync(FetchPlan plan, SharedFetch fetch, OriginReply reply, DateTimeOffset requestTime)
    {
        var stale = plan.Stale;
        var responseTime = _clock.GetUtcNow();
        if (!reply.Answered || HttpPolicy.IsError(reply.Status))
        {
            if (stale is not null && StandsIn(stale, reply.Answered))
            {
                // The stored response stands in for the error.
                Settle(plan, fetch, Shared(stale, CacheVerdict.Stale, reply.Answered ? reply.Status : null));
                await reply.DisposeAsync();
                return;
            }

            if (reply.Failure is { } failure)
            {
                Settle(plan, fetch, new(FetchOutcomeKind.Failed) { Failure = failure });
                return;
            }
        }

        var confirmed = stale is not null && reply.Status == 304;
        var fields = confirmed ? Freshening.Update(stale!.Fields, reply.Fields) : reply.Fields;
        var facts = new ResponseFacts(confirmed ? stale!.Status : reply.Status, fields, requestTime, responseTime);
        var decision = plan.Policy.Judge(plan.Facts, facts);
        if (confirmed)
        {
            await reply.DisposeAsync();
            SettleConfirmed(plan, fetch, Describe(plan, fetch, facts, decision, stale!.Body), decision.Reason);
            return;
        }

        await SettleReplyAsync(plan, fetch, reply, facts, Narrow(plan, fetch, reply, decision));
    }

    private void SettleConfirmed(FetchPlan plan, SharedFetch fetch, StoredResponse response, NotStored reason)
    {
        var outcome = Shared(response, CacheVerdict.Revalidated, 304);
        if (reason is not NotStored.None)
        {
            // The origin has taken it back: what it confirmed is for the lead alone.
            Forget(plan.Key, plan.Stale!);
            _passMarkers.Add(plan.MarkerKey);
            outcome = outcome with { Kind = FetchOutcomeKind.NotShared };
        }
        else if (WasPurged(plan.Key, response.Tags, fetch.BeganAt))
        {
            // Good enough for the lead, who asked before; the others look again.
            reason = NotStored.Purged;
            outcome = outcome with { Kind = FetchOutcomeKind.Abandoned };
        }
        else
        {
            Store(plan, fetch, response);
        }

        Settle(plan, fetch, outcome with { NotStored = reason });
    }

    private async Task SettleReplyAsync(
        FetchPlan plan,
        SharedFetch fetch,
        OriginReply reply,
        ResponseFacts facts,
        StoreDecision decision
    )
    {
        if (decision.Reason is NotStored.None)
        {
            var response = Describe(plan, fetch, facts, decision, NewBody(reply));
            Store(plan, fetch, response);
            _passMarkers.Remove(plan.MarkerKey);
            Settle(plan, fetch, Shared(response, CacheVerdict.Miss, reply.Status) with { Version = reply.Version });
            await FillAsync(plan.Key, response, reply, isStored: true);
            return;
        }

        if (plan.Stale is { } outdated && reply.Status < 500)
        {
            // What took its place is not to be kept, and what it was is no longer. An error takes nothing's place.
            Forget(plan.Key, outdated);
        }

        if (decision.IsForThoseWhoWait)
        {
            var response = Describe(plan, fetch, facts, decision, NewBody(reply));
            Settle(
                plan,
                fetch,
                Shared(response, CacheVerdict.Miss, reply.Status) with
                {
                    NotStored = decision.Reason,
                    Version = reply.Version,
                }
            );
            await FillAsync(plan.Key, response, reply, isStored: false);
            return;
        }

        var isError = reply.Status >= 500 && decision.Reason is not (NotStored.SetCookie or NotStored.Private);
        if (isError && fetch.Close() > 1)
        {
            // A thousand requests to an origin in trouble would not help it: those who wait share its answer.
            var response = Describe(plan, fetch, facts, decision, new ResponseBody(reply.ContentLength));
            Settle(
                plan,
                fetch,
                Shared(response, CacheVerdict.Miss, reply.Status) with
                {
                    IsSharedError = true,
                    NotStored = decision.Reason,
                }
            );
            await FillAsync(plan.Key, response, reply, isStored: false);
            return;
        }

        var outdatedWhileFetched = decision.Reason is NotStored.Purged;
        if (!outdatedWhileFetched && reply.Status < 500)
        {
            _passMarkers.Add(plan.MarkerKey);
        }

        fetch.OfferToLead(reply);
        Settle(
            plan,
            fetch,
            new(outdatedWhileFetched ? FetchOutcomeKind.Abandoned : FetchOutcomeKind.NotShared)
            {
                NotStored = decision.Reason,
                OriginStatus = reply.Status,
            }
        );
    }

    /// <summary>What the policy cannot know: how much the store takes, and what was purged meanwhile.</summary>
    private StoreDecision Narrow(FetchPlan plan, SharedFetch fetch, OriginReply reply, StoreDecision decision)
    {
        if (decision.Reason is not NotStored.None)
        {
            return decision;
        }

        if (reply.ContentLength > Math.Max(_store.LargestBody, _disk?.LargestBody ?? 0))
        {
            return decision.Not(NotStored.TooLarge);
        }

        return WasPurged(plan.Key, CacheTags.Of(reply.Fields), fetch.BeganAt) ? decision.Not(NotStored.Purged) : decision;
    }

    private StoredResponse Describe(
        FetchPlan plan,
        SharedFetch fetch,
        ResponseFacts facts,
        StoreDecision decision,
        ResponseBody body
    )
    {
        var response = Describe(plan.Call.Fields, plan.Target, fetch.BeganAt, facts, decision, body);
        if (plan.IsMemoryOnly)
        {
            response.StaysInMemory();
        }

        return response;
    }

    private StoredResponse Describe(
        IRequestFields sent,
        string target,
        long beganAt,
        ResponseFacts facts,
        StoreDecision decision,
        ResponseBody body
    )
    {
        var fields = facts.Fields;
        return new StoredResponse
        {
            Status = facts.Status,
            Fields =
                decision.UnsharedFields.Count == 0
                    ? [.. fields]
                    : [.. fields.Where(field => !decision.UnsharedFields.Contains(field.Key, StringComparer.OrdinalIgnoreCase))],
            Body = body,
            Freshness = decision.Freshness,
            Variance = Variance.Of(FieldLines.Combined(fields, "vary"), sent, FieldLines.Combined(fields, "content-language")),
            Target = target,
            Tags = CacheTags.Of(fields),
            BeganAt = beganAt,
            ReceivedAt = _clock.GetTimestamp(),
        };
    }

    private void Store(FetchPlan plan, SharedFetch fetch, StoredResponse response)
    {
        if (response.Body.OnDisk is not null)
        {
            _ = RenewAsync(plan.Key, response);
            return;
        }

        var isWanted = _store.Put(plan.Key, response);
        if (isWanted || _disk?.MayHold(plan.Key) is true)
        {
            // It was asked for before, or must not leave an older one on disk. A body that is arriving goes there when it is whole.
            OfferToDisk(plan.Key, response);
        }

        // Look once more: an invalidation that came after the first look and before Put found nothing to remove.
        if (_purges.WasInvalidated(plan.Key, fetch.BeganAt))
        {
            _store.Remove(plan.Key, response);
        }
    }

    private ResponseBody NewBody(OriginReply reply) =>
        reply.Content is { } content ? ResponseBody.Of(content) : new(reply.ContentLength, _disk?.LargeBody ?? long.MaxValue);

    private async Task FillAsync(string key, StoredResponse response, OriginReply reply, bool isStored)
    {
        if (response.Body.IsComplete)
        {
            await reply.DisposeAsync();
            return;
        }

        Interlocked.Increment(ref _fills);
        var filler = new BodyFiller(_store, isStored ? _disk : null, _options.WindowBytes, key, response);
        try
        {
            await filler.FillAsync(reply, _closing.Token);
            if (_disk is not null && response.Body is { IsComplete: true, OnDisk: null } && response.TakeForDisk())
            {
                _disk.Offer(key, response);
            }
        }
        catch (Exception exception)
        {
            // An incomplete response must never pass for a whole one.
            _store.Remove(key, response);
            var length = response.Body.Length;
            response.Body.Break(exception);
            Log.BodyBrokenOff(_logger, LoggedKey.Of(key), length, exception);
        }
        finally
        {
            await filler.DisposeAsync();
            await reply.DisposeAsync();
            Interlocked.Decrement(ref _fills);
        }
    }

    private void Settle(FetchPlan plan, SharedFetch fetch, FetchOutcome outcome)
    {
        // Leave the table before waking anyone, so that whoever joins again begins anew.
        _collapser.Remove(plan.FetchKey, fetch);
        fetch.Settle(outcome);
    }

    private bool StandsIn(StoredResponse stale, bool answered) =>
        HttpPolicy.StandsInForError(stale.Freshness, stale.AgeAt(_clock), answered)
        && _purges.StateOf("", stale.Tags, stale.BeganAt) is not PurgeKind.Hard;

    private bool WasPurged(string key, IReadOnlyList<string> tags, long beganAt) =>
        _purges.WasInvalidated(key, beganAt) || _purges.StateOf(key, tags, beganAt) is not PurgeKind.None;

    private static FetchOutcome Shared(StoredResponse response, CacheVerdict verdict, int? originStatus) =>
        new(FetchOutcomeKind.Shared)
        {
            Response = response,
            Verdict = verdict,
            OriginStatus = originStatus,
        };

    private static Validators? ValidatorsOf(StoredResponse? stale) =>
        stale is { Body.IsComplete: true } && (stale.EntityTag ?? stale.LastModified) is not null
            ? new Validators(stale.EntityTag, stale.LastModified)
            : null;

    // A 304 without validators confirms what was asked about; one that names another representation does not.
    private static bool Confirms(OriginReply reply, StoredResponse stale) =>
        ValidatorsOf(stale) is not null
        && (
            stale.EntityTag is null
            || FieldLines.Combined(reply.Fields, "etag") is not { } tag
            || EntityTags.Matches(tag, stale.EntityTag)
        );

    private long Timestamps(TimeSpan span) => (long)(span.TotalSeconds * _clock.TimestampFrequency);
}
