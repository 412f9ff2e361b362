using System.Buffers;
using Selvedge.Caching.Collapsing;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;
using Selvedge.Prerender.Entries;
using Selvedge.Prerender.Policy;

namespace Selvedge.Prerender;

/// <content>What a lead does on behalf of everybody who waits. It belongs to the cache and to no request.</content>
public sealed partial class PrerenderCache
{
    private const int ReadSize = 64 * 1024;

    /// <summary>Finds or renders, settles, and fills the body. Never throws.</summary>
    private async Task RunAsync(PrerenderRequest request, SharedFetch fetch, string invocationId)
    {
        _work.Begin();
        // From here on it is not cancelled: a page that is slow to render is worth keeping when its first visitor has lost patience.
        fetch.Arrive();
        try
        {
            var known = await FindAnywhereAsync(request);
            if (request.Demand is PrerenderDemand.Visit && known is not null && IsAnswer(known))
            {
                Settle(request, fetch, new(FetchOutcomeKind.Shared) { Response = known, Verdict = CacheVerdict.Hit });
                return;
            }

            await RenderAsync(request, fetch, invocationId, known);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            Settle(request, fetch, FetchOutcome.Abandoned);
        }
        catch (Exception exception)
        {
            Log.RenderCrashed(_logger, exception, request.Prerender.OutputPath);
            Settle(request, fetch, new(FetchOutcomeKind.Failed) { Failure = new FetchFailure(500, "INTERNAL_CACHE_ERROR") });
        }
        finally
        {
            _work.End();
        }
    }

    /// <summary>What there is: in memory, in the persistent tier, or from the build.</summary>
    private async ValueTask<PrerenderEntry?> FindAnywhereAsync(PrerenderRequest request)
    {
        // Memory again: an earlier lead may have settled between the miss and the join.
        if (Find(request.Key) is { } entry)
        {
            return entry;
        }

        if (_disk is not null && await _disk.FindAsync(request.Key.Text, _closing.Token) is { } kept)
        {
            _memory.Put(request.Key.Text, kept);
            return kept;
        }

        var deployedAt = _purges.Deploy(request.Site.Revision);
        if (await _buildCopies.FindAsync(request, deployedAt, _closing.Token) is not { } copy)
        {
            return null;
        }

        if (copy.Source is not EntrySource.Shell)
        {
            _memory.Put(request.Key.Text, copy);
        }

        return copy;
    }

    private bool IsAnswer(PrerenderEntry entry) =>
        PrerenderPolicy.Decide(PrerenderDemand.Visit, entry.FactsAt(_clock, _purges)) is not PrerenderAction.Wait;

    private async Task RenderAsync(PrerenderRequest request, SharedFetch fetch, string invocationId, PrerenderEntry? known)
    {
        var renderedAt = _clock.GetUtcNow();
        var order = OrderOf(request, invocationId) with
        {
            RevalidatedTags = known is null
                ? []
                : [.. _purges.PurgedOf(known.Tags, known.BeganAt).Where(PrerenderKey.IsPublicTag)],
        };
        var reply = await request.Site.Renderer.RenderAsync(order, _closing.Token);
        try
        {
            if (!reply.Answered || reply.Status >= 500)
            {
                await SettleFailureAsync(request, fetch, reply, known, renderedAt);
                return;
            }

            (reply, var state) = await PostponedPage.SplitAsync(reply, _closing.Token);
            var judgement = PrerenderPolicy.Judge(reply.Status, reply.Fields, request.Prerender.Config, state is not null);
            if (judgement.Reason is NotStored.None && reply.ContentLength > _memory.LargestBody)
            {
                judgement = judgement with { Reason = NotStored.TooLarge };
            }

            _metrics.Rendered(judgement.Reason is NotStored.None);
            if (judgement.Reason is NotStored.Postponed)
            {
                // Half a page is nobody's answer.
                await reply.DisposeAsync();
                SettleHalf(request, fetch, known, reply.Status);
                return;
            }

            if (judgement.Reason is not NotStored.None)
            {
                SettleUnshared(request, fetch, reply, judgement.Reason);
                return;
            }

            _passMarkers.Remove(request.Key.Text);
            var entry = Describe(request, fetch, reply, judgement, renderedAt, state);
            if (known is null || !PrerenderPolicy.StandsIn(known.FactsAt(_clock, _purges)))
            {
                // Nothing can be lost: those who wait read the body as it arrives.
                var isKept = TryPut(request, entry);
                Settle(request, fetch, Rendered(request, entry, reply.Status));
                if (await FillAsync(request, entry, reply, isKept))
                {
                    await PersistAsync(request, entry);
                }

                return;
            }

            // The old entry answers until the new one is whole.
            if (await FillAsync(request, entry, reply, isKept: false))
            {
                TryPut(request, entry);
                Settle(request, fetch, Rendered(request, entry, reply.Status));
                await PersistAsync(request, entry);
                return;
            }

            SettleStale(request, fetch, known, reply.Status);
        }
        catch
        {
            await reply.DisposeAsync();
            throw;
        }
    }

    private async Task SettleFailureAsync(
        PrerenderRequest request,
        SharedFetch fetch,
        OriginReply reply,
        PrerenderEntry? known,
        DateTimeOffset renderedAt
    )
    {
        _metrics.Rendered(stored: false);
        if (
            known is not null
            && PrerenderPolicy.StandsIn(known.FactsAt(_clock, _purges))
            && request.Demand is PrerenderDemand.Visit
        )
        {
            SettleStale(request, fetch, known, reply.Answered ? reply.Status : 0);
            await reply.DisposeAsync();
            return;
        }

        known?.HoldAfterFailure(_clock);
        if (reply.Failure is { } failure)
        {
            Settle(request, fetch, new(FetchOutcomeKind.Failed) { Failure = failure });
            return;
        }

        // A thousand calls of a function in trouble would not help it: those who wait share its answer.
        var nothing = new RenderJudgement(NotStored.Status, TimeSpan.Zero, TimeSpan.Zero);
        var entry = Describe(request, fetch, reply, nothing, renderedAt);
        Settle(request, fetch, Rendered(request, entry, reply.Status) with { NotStored = NotStored.Status });
        await FillAsync(request, entry, reply, isKept: false);
    }

    private void SettleStale(PrerenderRequest request, SharedFetch fetch, PrerenderEntry known, int status)
    {
        known.HoldAfterFailure(_clock);
        Log.RegenerationFailed(_logger, request.Prerender.OutputPath, status);
        Settle(
            request,
            fetch,
            new(FetchOutcomeKind.Shared)
            {
                Response = known,
                Verdict = CacheVerdict.Stale,
                OriginStatus = status == 0 ? null : status,
            }
        );
    }

    private void SettleHalf(PrerenderRequest request, SharedFetch fetch, PrerenderEntry? known, int status)
    {
        Log.NotStored(_logger, request.Prerender.OutputPath, NotStored.Postponed);
        if (known is not null && PrerenderPolicy.StandsIn(known.FactsAt(_clock, _purges)))
        {
            SettleStale(request, fetch, known, status);
            return;
        }

        _passMarkers.Add(request.Key.Text);
        Settle(request, fetch, new(FetchOutcomeKind.Failed) { Failure = RenderForOne, OriginStatus = status });
    }

    private void SettleUnshared(PrerenderRequest request, SharedFetch fetch, OriginReply reply, NotStored reason)
    {
        Log.NotStored(_logger, request.Prerender.OutputPath, reason);
        if (reason is not NotStored.Status)
        {
            _passMarkers.Add(request.Key.Text);
        }

        fetch.OfferToLead(reply);
        Settle(request, fetch, new(FetchOutcomeKind.NotShared) { NotStored = reason, OriginStatus = reply.Status });
    }

    private PrerenderEntry Describe(
        PrerenderRequest request,
        SharedFetch fetch,
        OriginReply reply,
        RenderJudgement judgement,
        DateTimeOffset renderedAt,
        ReadOnlyMemory<byte>? state = null
    ) =>
        EntryFactory.Describe(
            request,
            reply,
            judgement,
            new ResponseBody(reply.ContentLength),
            fetch.BeganAt,
            renderedAt,
            _clock,
            state
        );

    /// <summary>Reads a body to its end, and disposes the reply.</summary>
    /// <param name="request">What is rendered.</param>
    /// <param name="entry">Whose body it is.</param>
    /// <param name="reply">Where it comes from.</param>
    /// <param name="isKept">Whether the entry is in memory already, and must leave it if its body is not whole.</param>
    /// <returns>Whether it is whole and not too large to keep.</returns>
    private async ValueTask<bool> FillAsync(PrerenderRequest request, PrerenderEntry entry, OriginReply reply, bool isKept)
    {
        var body = entry.Body;
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            var fits = true;
            while (await reply.Body.ReadAsync(buffer, _closing.Token) is var count and > 0)
            {
                body.Append(buffer.AsSpan(0, count));
                if (fits && body.Length > _memory.LargestBody)
                {
                    fits = false;
                    _memory.Remove(request.Key.Text, entry);
                }

                if (!fits && !await body.MakeRoomAsync(_options.WindowBytes, _closing.Token))
                {
                    throw new BrokenBodyException("Nobody reads it any more, and it is too large to keep.");
                }
            }

            if (reply.ContentLength is { } declared && body.Length != declared)
            {
                throw new BrokenBodyException($"It has {body.Length} bytes, and declared {declared}.");
            }

            body.Complete();
            if (isKept)
            {
                _memory.Resize(request.Key.Text, entry);
            }

            return fits;
        }
        catch (Exception exception)
        {
            // An incomplete answer must never pass for a whole one.
            _memory.Remove(request.Key.Text, entry);
            var length = body.Length;
            body.Break(exception);
            Log.BrokenOff(_logger, request.Prerender.OutputPath, length, exception);
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await reply.DisposeAsync();
        }
    }

    private bool TryPut(PrerenderRequest request, PrerenderEntry entry)
    {
        if (IsOutdated(request, entry))
        {
            return false;
        }

        _memory.Put(request.Key.Text, entry);
        return true;
    }

    private async ValueTask PersistAsync(PrerenderRequest request, PrerenderEntry entry)
    {
        if (_disk is not null && !IsOutdated(request, entry))
        {
            await _disk.WriteAsync(request.Key.Text, entry, () => !IsOutdated(request, entry));
        }
    }

    // A render that began later may have been faster.
    private bool IsOutdated(PrerenderRequest request, PrerenderEntry entry) =>
        Find(request.Key) is { } other && other.BeganAt > entry.BeganAt;

    private static FetchOutcome Rendered(PrerenderRequest request, PrerenderEntry entry, int status) =>
        new(FetchOutcomeKind.Shared)
        {
            Response = entry,
            Verdict = request.Demand is PrerenderDemand.Visit ? CacheVerdict.Miss : CacheVerdict.Revalidated,
            OriginStatus = status,
        };

    private void Settle(PrerenderRequest request, SharedFetch fetch, FetchOutcome outcome)
    {
        // Leave the table before waking anyone, so that whoever joins again begins anew.
        _collapser.Remove(request.Key.Text, fetch);
        fetch.Settle(outcome);
    }
}
