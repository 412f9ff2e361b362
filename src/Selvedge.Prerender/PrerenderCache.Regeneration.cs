using Selvedge.Caching;
using Selvedge.Caching.Collapsing;
using Selvedge.Caching.Status;
using Selvedge.Prerender.Entries;
using Selvedge.Prerender.Policy;

namespace Selvedge.Prerender;

/// <content>Rendering anew: in the background when an entry is stale, at once when a request has the right to ask for it.</content>
public sealed partial class PrerenderCache
{
    private void RegenerateInBackground(PrerenderRequest request, bool isHeld)
    {
        if (isHeld)
        {
            return;
        }

        // Most visits of a stale page find it under way, and counting is dearer than looking.
        var key = request.Key.RegenerationKey(request.Scene);
        if (_regenerating.ContainsKey(key) || _regenerating.Count >= _options.MaxRegenerations)
        {
            return;
        }

        if (_regenerating.TryAdd(key, 0))
        {
            _ = RegenerateAsync(request, key, NewInvocation(), withPage: true);
        }
    }

    /// <summary>Renders a page and the rest of its group, one after the other under one invocation id. Never throws.</summary>
    /// <param name="request">What made it necessary.</param>
    /// <param name="regenerationKey">What it holds in the table of regenerations.</param>
    /// <param name="invocationId">The id for the whole group.</param>
    /// <param name="withPage">Whether the page itself is still to be rendered.</param>
    private async Task RegenerateAsync(PrerenderRequest request, string regenerationKey, string invocationId, bool withPage)
    {
        _work.Begin();
        try
        {
            if (withPage)
            {
                await RegenerateOneAsync(request, invocationId);
            }

            foreach (var companion in request.Site.CompanionsOf(request.Prerender))
            {
                var other = request.For(companion);
                // What nobody has asked for yet is rendered when somebody does.
                if (await FindAnywhereAsync(other) is { Source: not EntrySource.Shell })
                {
                    await RegenerateOneAsync(other, invocationId);
                }
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The server ends.
        }
        catch (Exception exception)
        {
            Log.RenderCrashed(_logger, exception, request.Prerender.OutputPath);
        }
        finally
        {
            _regenerating.TryRemove(regenerationKey, out _);
            _work.End();
        }
    }

    private async Task RegenerateOneAsync(PrerenderRequest request, string invocationId)
    {
        if (_collapser.TryBegin(request.Key.Text, _purges.Position) is not { } fetch)
        {
            // It is being rendered already.
            return;
        }

        // Nobody leads it, so a reply that is not for all has no taker.
        fetch.LeadIsAbsent();
        fetch.Arrive();
        try
        {
            await RenderAsync(request, fetch, invocationId, Find(request.Key));
        }
        finally
        {
            Settle(request, fetch, FetchOutcome.Abandoned);
        }

        if ((await fetch.Outcome).Kind is FetchOutcomeKind.NotShared)
        {
            // What it has become is for nobody else; what it was answers on, and is not asked for at every request.
            Find(request.Key)?.HoldAfterFailure(_clock);
        }
    }

    private async ValueTask<CacheAnswer> RevalidateAsync(PrerenderRequest request, CancellationToken cancellationToken)
    {
        var known = await FindAnywhereAsync(request);
        if (PrerenderPolicy.Decide(request.Demand, known?.FactsAt(_clock, _purges)) is PrerenderAction.Refuse)
        {
            return new CacheAnswer
            {
                Failure = new Selvedge.Caching.Origins.FetchFailure(404, "NOT_FOUND"),
                Status = new CacheStatus(Forward.UriMiss) { Detail = "not-generated" },
            };
        }

        // Mark first: what is being rendered since before is not joined, and the rest of the group is stale until its turn comes.
        Mark(request.Key, soft: true);
        var invocationId = NewInvocation();
        _collapser.Join(request.Key.Text, _purges.Position, _ => true, out var fetch);
        var running = RunAsync(request, fetch!, invocationId);
        var outcome = await WaitAsync(fetch!, leads: true, cancellationToken);
        var answer = AnswerOf(request, outcome, fetch!, leads: true, Forward.Request);
        if (outcome.Verdict is CacheVerdict.Revalidated && outcome.Kind is FetchOutcomeKind.Shared)
        {
            RegenerateCompanions(request, running, invocationId);
        }

        return answer ?? await RenderAloneAsync(request, Forward.Request, cancellationToken);
    }

    private void RegenerateCompanions(PrerenderRequest request, Task page, string invocationId)
    {
        if (request.Prerender.Config.Group is null)
        {
            return;
        }

        // A key of its own: a regeneration under way began before the mark, and does not count.
        var key = $"{request.Key.RegenerationKey(request.Scene)} {invocationId}";
        _regenerating.TryAdd(key, 0);
        // Before the page's own work ends: whoever waits for quiet waits for both.
        _work.Begin();
        _ = RegenerateAfterAsync();

        async Task RegenerateAfterAsync()
        {
            await page;
            await RegenerateAsync(request, key, invocationId, withPage: false);
            _work.End();
        }
    }

    private void Mark(PrerenderKey key, bool soft)
    {
        _purges.PurgeTag(key.PageTag, soft);
        if (key.GroupTag is { } group)
        {
            _purges.PurgeTag(group, soft);
        }
    }
}
