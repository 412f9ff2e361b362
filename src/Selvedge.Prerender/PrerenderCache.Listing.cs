using System.Runtime.CompilerServices;
using Selvedge.Prerender.Entries;
using Selvedge.Prerender.Policy;

namespace Selvedge.Prerender;

/// <content>What is there, for those who run the server.</content>
public sealed partial class PrerenderCache
{
    /// <summary>Lists entries in no order: those in memory, then those on disk alone, which are read for it.</summary>
    public async IAsyncEnumerable<PrerenderListing> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, response) in _memory.Snapshot())
        {
            if (response is PrerenderEntry entry && listed.Add(key))
            {
                yield return Describe(key, entry, inMemory: true);
            }
        }

        if (_disk is null)
        {
            yield break;
        }

        await foreach (var key in _disk.KeysAsync(cancellationToken))
        {
            if (listed.Add(key) && await _disk.FindAsync(key, cancellationToken) is { } entry)
            {
                yield return Describe(key, entry, inMemory: false);
            }
        }
    }

    private PrerenderListing Describe(string key, PrerenderEntry entry, bool inMemory)
    {
        var facts = entry.FactsAt(_clock, _purges);
        return new PrerenderListing
        {
            Key = key,
            State = PrerenderPolicy.Decide(PrerenderDemand.Visit, facts with { IsHeld = false }) switch
            {
                PrerenderAction.Answer => PrerenderState.Fresh,
                PrerenderAction.Wait => PrerenderState.Expired,
                _ => PrerenderState.Stale,
            },
            Source = entry.Source,
            Status = entry.Status,
            Age = facts.Age,
            Expiration = entry.Expiration,
            StaleExpiration = entry.StaleExpiration,
            Tags = [.. entry.Tags.Where(PrerenderKey.IsPublicTag)],
            Length = entry.Body.Length,
            InMemory = inMemory,
        };
    }
}
