using System.Security.Cryptography;
using System.Text.Json;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Subscriptions;

/// <content>How subscribers learn of a wake, and what happens when they do not answer.</content>
public sealed partial class SubscriptionHub
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(60);

    /// <summary>Goes on with a subscription after a restart, and makes up for what happened unnoticed.</summary>
    private async ValueTask ResumeAsync(SubscriptionState state, CancellationToken cancellationToken)
    {
        var subscription = new Subscription(state);
        _subscriptions[(state.Project, state.Id)] = subscription;
        using var _ = await subscription.EnterAsync(cancellationToken);
        await LinkMatchesAsync(subscription, isNew: false, cancellationToken);
        if (state.WakeId is null)
            await WakeIfPendingAsync(subscription, triggeredBy: null, cancellationToken);
        else
            Reschedule(subscription);
    }

    /// <summary>Sets the timer to whatever is due first.</summary>
    private void Reschedule(Subscription subscription)
    {
        var state = subscription.State;
        var due = state.NextAttempt is { } attempt && !(state.LeaseEnds < attempt) ? attempt : state.LeaseEnds;
        var wait = due is null ? Timeout.InfiniteTimeSpan : due.Value - _time.GetUtcNow();
        if (due is not null && wait < TimeSpan.Zero)
            wait = TimeSpan.Zero;
        subscription.Timer ??= _time.CreateTimer(
            _ => OnDue(subscription),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        subscription.Timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void OnDue(Subscription subscription)
    {
        // A timer cannot wait for anybody; what goes wrong is logged inside.
        _ = Task.Run(() => ServeDueAsync(subscription), _stopping.Token);
    }

    private async Task ServeDueAsync(Subscription subscription)
    {
        try
        {
            await ServeDueAsync(subscription, _stopping.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The server is stopping; the state says how to go on.
        }
        catch (Exception exception)
        {
            Log.WakeFailed(_logger, exception, subscription.State.Project, subscription.State.Id);
        }
    }

    private async Task ServeDueAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        var state = subscription.State;
        byte[] body;
        long generation;
        using (await subscription.EnterAsync(cancellationToken))
        {
            var now = _time.GetUtcNow();
            if (subscription.IsDeleted)
                return;
            if (state.LeaseEnds is { } end && end <= now)
            {
                // Nothing was heard for a whole lease: the next generation fences the silent one off.
                if (!await EndWakeAsync(subscription, cancellationToken))
                    await _journal.SaveAsync(state, cancellationToken);
                return;
            }

            if (state.NextAttempt is not { } due || due > now)
            {
                Reschedule(subscription);
                return;
            }

            // While the call is under way no other attempt is due.
            state.NextAttempt = null;
            generation = state.Generation;
            body = WriteNotification(state, await StreamsAsync(state, cancellationToken), TokenFor(state));
        }

        var reply = await _webhooks.CallAsync(
            state.Config.WebhookUrl!,
            body,
            Keys.Sign(body, _time.GetUtcNow()),
            cancellationToken
        );
        using (await subscription.EnterAsync(cancellationToken))
            await TakeReplyAsync(subscription, generation, reply, cancellationToken);
    }

    private async ValueTask TakeReplyAsync(
        Subscription subscription,
        long generation,
        WebhookReply reply,
        CancellationToken cancellationToken
    )
    {
        var state = subscription.State;
        if (subscription.IsDeleted || state.Generation != generation || state.WakeId is null)
            return;
        switch (reply)
        {
            case WebhookReply.Done:
                // What came after the call was made is not part of what was done.
                foreach (var link in state.Links)
                    link.Acked = Math.Max(link.Acked, link.Snapshot ?? SubscriptionLink.Nothing);
                if (!await EndWakeAsync(subscription, cancellationToken))
                    await _journal.SaveAsync(state, cancellationToken);
                return;
            case WebhookReply.Accepted:
                state.Failures = 0;
                ExtendLease(subscription);
                break;
            default:
                state.Failures++;
                state.NextAttempt = _time.GetUtcNow() + RetryDelay(state.Failures);
                Log.WebhookFailed(_logger, state.Project, state.Id, state.Failures);
                break;
        }

        await _journal.SaveAsync(state, cancellationToken);
        Reschedule(subscription);
    }

    /// <summary>Doubles from a second to a minute, a fifth more or less, so that many failing at once do not return at once.</summary>
    private static TimeSpan RetryDelay(int failures)
    {
        var doubled = FirstRetry * Math.Pow(2, Math.Min(failures - 1, 10));
        var delay = doubled < LastRetry ? doubled : LastRetry;
        return delay * (0.8 + (RandomNumberGenerator.GetInt32(0, 4001) / 10_000.0));
    }

    private async ValueTask WriteWakeEventAsync(SubscriptionState state, string stream, CancellationToken cancellationToken)
    {
        using var content = new PooledBuffer();
        await using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            json.WriteString("type", "wake");
            json.WriteString("subscription_id", state.Id);
            json.WriteString("stream", stream);
            json.WriteNumber("generation", state.Generation);
            json.WriteNumber("ts", _time.GetUtcNow().ToUnixTimeMilliseconds());
            json.WriteEndObject();
        }

        content.GetSpan(1)[0] = JsonMessages.Separator;
        content.Advance(1);
        var request = new AppendToStream { Content = content.Written, ContentType = "application/json" };
        var result = await _store.AppendAsync($"{state.Project}/{state.Config.WakeStream}", request, cancellationToken);
        if (result.Outcome != AppendOutcome.Appended)
            Log.WakeStreamFailed(_logger, state.Project, state.Id, state.Config.WakeStream!, result.Outcome);
    }

    private static byte[] WriteNotification(SubscriptionState state, List<SubscribedStream> streams, string token)
    {
        using var body = new PooledBuffer();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("subscription_id", state.Id);
            json.WriteString("wake_id", state.WakeId);
            json.WriteNumber("generation", state.Generation);
            SubscriptionJson.WriteStreams(json, streams, withTails: true);
            json.WriteString("callback_url", SubscriptionJson.UrlOf(state, "callback"));
            json.WriteString("callback_token", token);
            json.WriteEndObject();
        }

        return body.Written.ToArray();
    }
}
