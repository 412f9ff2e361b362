using Selvedge.Caching.Purging;

namespace Selvedge.Prerender.Policy;

/// <summary>
/// When a prerender's entry answers, when it is rendered anew, and when a client waits. Pure: whatever time it needs is an argument.
/// <c>DESIGN.md</c> has it as a table.
/// </summary>
/// <remarks>
/// The rules are those of Vercel's Build Output API for prerender functions (<c>expiration</c>, <c>staleExpiration</c>,
/// <c>fallback</c>, <c>x-prerender-revalidate</c>); <c>docs/reference/prerender.md</c> tells them to users.
/// </remarks>
public static partial class PrerenderPolicy
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Decides what is done for a GET or HEAD that nothing lets pass the cache by.</summary>
    /// <param name="demand">What the request wants.</param>
    /// <param name="entry">What is there for it; <see langword="null"/> if nothing is.</param>
    public static PrerenderAction Decide(PrerenderDemand demand, EntryFacts? entry)
    {
        var isThere = entry is { IsShell: false, Purged: not PurgeKind.Hard };
        return demand switch
        {
            PrerenderDemand.Revalidate => PrerenderAction.Revalidate,
            PrerenderDemand.RevalidateIfGenerated => isThere ? PrerenderAction.Revalidate : PrerenderAction.Refuse,
            _ => entry is { } known ? DecideVisit(known) : PrerenderAction.Wait,
        };
    }

    /// <summary>Whether an entry may stand in for a render that has failed: anything is better than an error but what was purged.</summary>
    public static bool StandsIn(EntryFacts entry) => entry is { IsShell: false, Purged: not PurgeKind.Hard };

    /// <summary>How long after the last of some failed renders the next one waits.</summary>
    public static TimeSpan PauseAfter(int failures)
    {
        var pause = ShortestPause * Math.Pow(2, Math.Clamp(failures - 1, 0, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    private static PrerenderAction DecideVisit(EntryFacts entry)
    {
        if (entry.Purged is PurgeKind.Hard)
        {
            return PrerenderAction.Wait;
        }

        if (entry.IsShell)
        {
            // A shell that never expires is the answer: nothing but a revalidation makes the page.
            return entry.Expiration is null ? PrerenderAction.Answer : PrerenderAction.AnswerWithShell;
        }

        if (entry.Purged is PurgeKind.None && !(entry.Age >= entry.Expiration))
        {
            return PrerenderAction.Answer;
        }

        // Beyond its stale life it answers only while a failed render is not tried again: the client would wait for nothing.
        return entry.Age >= entry.StaleExpiration && !entry.IsHeld ? PrerenderAction.Wait : PrerenderAction.AnswerAndRegenerate;
    }
}
