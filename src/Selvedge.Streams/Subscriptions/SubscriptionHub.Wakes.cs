using System.Security.Cryptography;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Subscriptions;

/// <content>What subscribers do with a wake: claim it, report on it, give it back.</content>
public sealed partial class SubscriptionHub
{
    /// <summary>Gives the work of a pull-wake subscription to a worker.</summary>
    public async ValueTask<(WakeClaim? Claim, SubscriptionFault? Fault)> ClaimAsync(
        string project,
        string id,
        string worker,
        CancellationToken cancellationToken
    )
    {
        WakeClaim? claim = null;
        var fault = await ChangeAsync(
            project,
            id,
            async subscription =>
            {
                var state = subscription.State;
                if (RefuseClaim(state) is { } refusal)
                    return refusal;
                var streams = await StreamsAsync(state, cancellationToken);
                if (!streams.Exists(stream => stream.HasPending))
                    return new SubscriptionFault(SubscriptionFaultReason.NoPendingWork, "There is nothing to do.");
                if (state.WakeId is null)
                    BeginWake(state, streams);
                state.Holder = worker;
                ExtendLease(subscription);
                claim = new WakeClaim(state.WakeId!, state.Generation, TokenFor(state), streams, state.Config.LeaseMilliseconds);
                return null;
            },
            cancellationToken
        );
        return (fault is null ? claim : null, fault);
    }

    /// <summary>Takes in how far a subscriber has come. Silence is not an answer: each one extends the lease.</summary>
    /// <param name="project">The project.</param>
    /// <param name="id">The subscription.</param>
    /// <param name="token">The token of the wake.</param>
    /// <param name="answer">What the subscriber says.</param>
    /// <param name="type">Which kind of subscription may be answered this way.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether another wake follows at once.</returns>
    public async ValueTask<(bool NextWake, SubscriptionFault? Fault)> AnswerAsync(
        string project,
        string id,
        string token,
        WakeAnswer answer,
        SubscriptionType type,
        CancellationToken cancellationToken
    )
    {
        var nextWake = false;
        var fault = await ChangeAsync(
            project,
            id,
            async subscription =>
            {
                var state = subscription.State;
                var refusal =
                    RefuseType(state, type)
                    ?? RefuseToken(state, token, answer)
                    ?? await ApplyAcksAsync(state, answer.Acks, cancellationToken);
                if (refusal is not null)
                    return refusal;
                if (!answer.Done)
                {
                    ExtendLease(subscription);
                    return null;
                }

                nextWake = await EndWakeAsync(subscription, cancellationToken);
                return null;
            },
            cancellationToken
        );
        return (nextWake, fault);
    }

    /// <summary>Gives the work back undone.</summary>
    public ValueTask<SubscriptionFault?> ReleaseAsync(
        string project,
        string id,
        string token,
        WakeAnswer answer,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            project,
            id,
            async subscription =>
            {
                var refusal =
                    RefuseType(subscription.State, SubscriptionType.PullWake) ?? RefuseToken(subscription.State, token, answer);
                if (refusal is null)
                    await EndWakeAsync(subscription, cancellationToken);
                return refusal;
            },
            cancellationToken
        );

    private static SubscriptionFault? RefuseClaim(SubscriptionState state)
    {
        if (RefuseType(state, SubscriptionType.PullWake) is { } fault)
            return fault;
        return state.Holder is { } holder
            ? new SubscriptionFault(SubscriptionFaultReason.AlreadyClaimed, "Another worker has the work.")
            {
                Holder = holder,
                Generation = state.Generation,
            }
            : null;
    }

    private static SubscriptionFault? RefuseType(SubscriptionState state, SubscriptionType type) =>
        state.Config.Type == type
            ? null
            : new SubscriptionFault(SubscriptionFaultReason.InvalidRequest, "The subscription is of the other type.");

    private SubscriptionFault? RefuseToken(SubscriptionState state, string token, WakeAnswer answer)
    {
        var (generation, refusal) = WakeToken.Read(Keys, token, Subject(state), _time.GetUtcNow());
        if (refusal is not null)
        {
            return refusal == "TOKEN_EXPIRED"
                ? new SubscriptionFault(SubscriptionFaultReason.TokenExpired, "The token is too old.")
                : new SubscriptionFault(SubscriptionFaultReason.TokenInvalid, "The token is not for this subscription.");
        }

        var current = generation == state.Generation && answer.Generation == state.Generation;
        return current && state.WakeId is not null && answer.WakeId == state.WakeId
            ? null
            : new SubscriptionFault(SubscriptionFaultReason.Fenced, "A later wake has taken over.");
    }

    private async ValueTask<SubscriptionFault?> ApplyAcksAsync(
        SubscriptionState state,
        IReadOnlyList<WakeAck> acks,
        CancellationToken cancellationToken
    )
    {
        var positions = new List<(SubscriptionLink Link, long Position)>(acks.Count);
        foreach (var ack in acks)
        {
            if (state.Find(ack.Stream) is not { } link)
                return InvalidOffset("The subscription does not follow that stream.");
            if (!StreamOffset.TryParse(ack.Offset, out var position))
                return InvalidOffset("An acknowledged offset must be one that this server gave out.");
            if (position < link.Acked)
                return InvalidOffset("The offset lies before what is acknowledged.");
            if (position > await TailAsync(state.Project, link.Path, cancellationToken))
                return InvalidOffset("The offset lies beyond the end of the stream.");
            positions.Add((link, position));
        }

        // All or none.
        foreach (var (link, position) in positions)
            link.Acked = position;
        return null;

        static SubscriptionFault InvalidOffset(string sentence) => new(SubscriptionFaultReason.InvalidOffset, sentence);
    }

    /// <summary>Begins a wake; the caller writes the state and tells the subscriber.</summary>
    private static void BeginWake(SubscriptionState state, List<SubscribedStream> streams)
    {
        state.Generation++;
        state.WakeId = "w_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        foreach (var stream in streams)
            state.Find(stream.Path)!.Snapshot = stream.Tail;
    }

    /// <summary>Ends the wake, and begins the next if there is more to do.</summary>
    private async ValueTask<bool> EndWakeAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        subscription.State.EndWake();
        Reschedule(subscription);
        return await WakeIfPendingAsync(subscription, triggeredBy: null, cancellationToken);
    }

    /// <summary>Wakes the subscriber if there is something to do; otherwise writes the state as it is.</summary>
    private async ValueTask<bool> WakeIfPendingAsync(
        Subscription subscription,
        string? triggeredBy,
        CancellationToken cancellationToken
    )
    {
        var state = subscription.State;
        var streams = await StreamsAsync(state, cancellationToken);
        var first = streams.FindIndex(stream => stream.HasPending);
        if (first < 0)
            return false;

        BeginWake(state, streams);
        if (state.Config.Type is SubscriptionType.Webhook)
            state.NextAttempt = _time.GetUtcNow();
        await _journal.SaveAsync(state, cancellationToken);
        if (state.Config.Type is SubscriptionType.Webhook)
            Reschedule(subscription);
        else
            await WriteWakeEventAsync(state, triggeredBy ?? streams[first].Path, cancellationToken);
        return true;
    }

    private void ExtendLease(Subscription subscription)
    {
        var state = subscription.State;
        state.LeaseEnds = _time.GetUtcNow() + TimeSpan.FromMilliseconds(state.Config.LeaseMilliseconds);
        Reschedule(subscription);
    }

    private string TokenFor(SubscriptionState state) =>
        WakeToken.Issue(Keys, Subject(state), state.Generation, _time.GetUtcNow());

    private static string Subject(SubscriptionState state) => $"{state.Project}/{state.Id}";
}
