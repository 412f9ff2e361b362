using Selvedge.Caching.Purging;
using Selvedge.Caching.Storage;
using Selvedge.Prerender.Policy;

namespace Selvedge.Prerender.Entries;

/// <summary>A prerender's stored answer.</summary>
public sealed class PrerenderEntry : StoredResponse
{
    private int _failures;
    private int _wasServed;

    // The state that purges have left it in, with the position up to which they were looked at: most requests come between purges.
    private Checked _checked = new(long.MinValue, PurgeKind.None);

    /// <summary>Where it comes from.</summary>
    public required EntrySource Source { get; init; }

    /// <summary>How long it is fresh; <see langword="null"/> means for ever.</summary>
    public required TimeSpan? Expiration { get; init; }

    /// <summary>How long it may answer at all; <see langword="null"/> sets no end.</summary>
    public required TimeSpan? StaleExpiration { get; init; }

    /// <summary>When its render was asked for, by the wall clock: what remains true across a restart.</summary>
    public required DateTimeOffset RenderedAt { get; init; }

    /// <summary>
    /// The state that completes it for a visitor, if it is the shell of a partial prerender; <see langword="null"/> if it is whole.
    /// </summary>
    public ReadOnlyMemory<byte>? Postponed { get; init; }

    /// <summary>The URL that it was first asked for by, as purges name it.</summary>
    public required string PurgeKey { get; init; }

    /// <summary>What the policy wants to know.</summary>
    internal EntryFacts FactsAt(TimeProvider clock, PurgeLog purges) =>
        new(
            AgeAt(clock),
            Expiration,
            StaleExpiration,
            StateIn(purges),
            Source is EntrySource.Shell,
            !MayRefresh(clock.GetTimestamp())
        );

    /// <summary>Whether nobody was answered with it yet. True once.</summary>
    internal bool TakeFirstServe() => Volatile.Read(ref _wasServed) == 0 && Interlocked.Exchange(ref _wasServed, 1) == 0;

    /// <summary>Notes that rendering its successor has failed, and lets the next try wait.</summary>
    internal void HoldAfterFailure(TimeProvider clock)
    {
        var pause = PrerenderPolicy.PauseAfter(Interlocked.Increment(ref _failures));
        HoldRefreshUntil(clock.GetTimestamp() + (long)(pause.TotalSeconds * clock.TimestampFrequency));
    }

    private PurgeKind StateIn(PurgeLog purges)
    {
        var position = purges.Position;
        var known = Volatile.Read(ref _checked);
        if (known.Position == position)
        {
            return known.State;
        }

        // The position first: a purge in between is looked at again next time.
        var state = purges.StateOf(PurgeKey, Tags, BeganAt);
        Volatile.Write(ref _checked, new Checked(position, state));
        return state;
    }

    private sealed record Checked(long Position, PurgeKind State);
}
