using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Subscriptions;

/// <summary>The subscriptions of a server: who follows which streams, who has been woken, and how far each has come.</summary>
/// <remarks>
/// A subscription is woken when a stream it follows has grown and nobody works on it. A wake has an id and a generation; it ends when the
/// subscriber says so, or when its lease runs out, and if there is more to do by then the next one follows, with the next generation.
/// States are written before anybody is told of them, so a restart goes on where the server stopped.
/// </remarks>
public sealed partial class SubscriptionHub : IAsyncDisposable
{
    private const int MaxLinks = 10_000;

    private readonly ConcurrentDictionary<(string Project, string Id), Subscription> _subscriptions = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly IStreamStore _store;
    private readonly SubscriptionJournal _journal;
    private readonly WebhookClient _webhooks;
    private readonly bool _allowLoopback;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private SubscriptionHub(IStreamStore store, SubscriptionKeys keys, bool allowLoopback, TimeProvider time, ILogger logger)
    {
        _store = store;
        _journal = new SubscriptionJournal(store);
        Keys = keys;
        _webhooks = new WebhookClient(allowLoopback);
        _allowLoopback = allowLoopback;
        _time = time;
        _logger = logger;
    }

    /// <summary>What webhooks are signed with.</summary>
    public SubscriptionKeys Keys { get; }

    /// <summary>Nobody follows anything.</summary>
    public bool IsEmpty => _subscriptions.IsEmpty;

    /// <summary>Goes on with the subscriptions of a store.</summary>
    /// <param name="store">Holds the streams and the states of the subscriptions.</param>
    /// <param name="allowLoopback">Whether webhooks may go to this machine itself, over plain HTTP.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where events go.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async ValueTask<SubscriptionHub> StartAsync(
        IStreamStore store,
        bool allowLoopback,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var keys = await SubscriptionKeys.LoadAsync(store, cancellationToken);
        var hub = new SubscriptionHub(store, keys, allowLoopback, time, logger);
        foreach (var state in await hub._journal.LoadAsync(cancellationToken))
            await hub.ResumeAsync(state, cancellationToken);
        return hub;
    }

    /// <summary>Makes a subscription, or confirms the one that is there.</summary>
    public async ValueTask<(SubscriptionView? View, bool Created, SubscriptionFault? Fault)> CreateAsync(
        string project,
        string id,
        SubscriptionConfig config,
        string baseUrl,
        CancellationToken cancellationToken
    )
    {
        if (Reject(config) is { } fault)
            return (null, false, fault);
        var fresh = new Subscription(
            new SubscriptionState
            {
                Project = project,
                Id = id,
                Config = config,
                BaseUrl = baseUrl,
                CreatedAt = _time.GetUtcNow(),
            }
        );
        using var _ = await fresh.EnterAsync(cancellationToken);
        var known = _subscriptions.GetOrAdd((project, id), fresh);
        if (known != fresh)
            return await ConfirmAsync(known, config, cancellationToken);

        // Streams that are there already are followed from their present end.
        foreach (var path in config.Streams)
            await LinkAsync(fresh, path, isExplicit: true, cancellationToken);
        await LinkMatchesAsync(fresh, isNew: true, cancellationToken);
        await _journal.SaveAsync(fresh.State, cancellationToken);
        return (await ViewAsync(fresh, cancellationToken), true, null);
    }

    /// <summary>Tells what a subscription is; null when there is none.</summary>
    public async ValueTask<SubscriptionView?> GetAsync(string project, string id, CancellationToken cancellationToken)
    {
        if (!_subscriptions.TryGetValue((project, id), out var subscription))
            return null;
        using var _ = await subscription.EnterAsync(cancellationToken);
        return subscription.IsDeleted ? null : await ViewAsync(subscription, cancellationToken);
    }

    /// <summary>Ends a subscription. Whoever works for it will be told that it is gone.</summary>
    public async ValueTask DeleteAsync(string project, string id, CancellationToken cancellationToken)
    {
        if (!_subscriptions.TryGetValue((project, id), out var subscription))
            return;
        using var _ = await subscription.EnterAsync(cancellationToken);
        if (subscription.IsDeleted)
            return;
        await _journal.DeleteAsync(subscription.State, cancellationToken);
        subscription.IsDeleted = true;
        subscription.Dispose();
        _subscriptions.TryRemove(new((project, id), subscription));
    }

    /// <summary>Follows more streams by name.</summary>
    public ValueTask<SubscriptionFault?> AddStreamsAsync(
        string project,
        string id,
        IReadOnlyList<string> paths,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            project,
            id,
            async subscription =>
            {
                foreach (var path in paths)
                    await LinkAsync(subscription, path, isExplicit: true, cancellationToken);
                return null;
            },
            cancellationToken
        );

    /// <summary>Follows a stream by name no more. One that matches the pattern is still followed.</summary>
    public ValueTask<SubscriptionFault?> RemoveStreamAsync(
        string project,
        string id,
        string path,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            project,
            id,
            subscription =>
            {
                if (subscription.State.Find(path) is { } link)
                {
                    link.IsExplicit = false;
                    if (!link.IsGlob)
                        subscription.State.Links.Remove(link);
                }

                return ValueTask.FromResult<SubscriptionFault?>(null);
            },
            cancellationToken
        );

    /// <summary>A stream has grown: wakes those who follow it and are not awake.</summary>
    /// <remarks>
    /// Neither the writer's patience nor a failure here has a say in whether the append happened, so this takes no token and throws
    /// nothing. A wake that was missed is made up for at the next append, or at the next start.
    /// </remarks>
    public ValueTask AppendedAsync(string project, string path) =>
        TellAsync(
            project,
            async (subscription, cancellationToken) =>
            {
                if (!Follows(subscription.State, path))
                    return;
                if (subscription.State.Find(path) is null)
                    AddLink(subscription.State, path, isExplicit: false, SubscriptionLink.Nothing);
                if (subscription.State.WakeId is null)
                    await WakeIfPendingAsync(subscription, path, cancellationToken);
            }
        );

    /// <summary>A stream is deleted: nobody follows it any more.</summary>
    public ValueTask StreamDeletedAsync(string project, string path) =>
        TellAsync(
            project,
            async (subscription, cancellationToken) =>
            {
                if (subscription.State.Links.RemoveAll(link => link.Path == path) > 0)
                    await _journal.SaveAsync(subscription.State, cancellationToken);
            }
        );

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        foreach (var (_, subscription) in _subscriptions)
            subscription.Dispose();
        _webhooks.Dispose();
        Keys.Dispose();
        _stopping.Dispose();
    }

    private async ValueTask TellAsync(string project, Func<Subscription, CancellationToken, ValueTask> tell)
    {
        foreach (var (key, subscription) in _subscriptions)
        {
            if (key.Project != project)
                continue;
            try
            {
                using var _ = await subscription.EnterAsync(_stopping.Token);
                if (!subscription.IsDeleted)
                    await tell(subscription, _stopping.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return; // The server is stopping.
            }
            catch (Exception exception)
            {
                Log.WakeFailed(_logger, exception, key.Project, key.Id);
            }
        }
    }

    private SubscriptionFault? Reject(SubscriptionConfig config)
    {
        if (config.WebhookUrl is not { } url)
            return null;
        if (!Keys.CanSign)
            return new SubscriptionFault(
                SubscriptionFaultReason.InvalidRequest,
                "Webhooks need OpenSSL on the server, which it has not."
            );
        return WebhookAddress.Check(url, _allowLoopback) is { } fault
            ? new SubscriptionFault(SubscriptionFaultReason.WebhookUrlRejected, fault)
            : null;
    }

    private async ValueTask<(SubscriptionView?, bool, SubscriptionFault?)> ConfirmAsync(
        Subscription known,
        SubscriptionConfig config,
        CancellationToken cancellationToken
    )
    {
        using var _ = await known.EnterAsync(cancellationToken);
        if (known.State.Config.IsSame(config))
            return (await ViewAsync(known, cancellationToken), false, null);
        const string Sentence = "There is a subscription of that name with another configuration.";
        return (null, false, new SubscriptionFault(SubscriptionFaultReason.SubscriptionAlreadyExists, Sentence));
    }

    private async ValueTask<SubscriptionFault?> ChangeAsync(
        string project,
        string id,
        Func<Subscription, ValueTask<SubscriptionFault?>> change,
        CancellationToken cancellationToken
    )
    {
        if (!_subscriptions.TryGetValue((project, id), out var subscription))
            return SubscriptionFault.NotFound;
        using var _ = await subscription.EnterAsync(cancellationToken);
        if (subscription.IsDeleted)
            return SubscriptionFault.NotFound;
        if (await change(subscription) is { } fault)
            return fault;
        await _journal.SaveAsync(subscription.State, cancellationToken);
        return null;
    }

    private static bool Follows(SubscriptionState state, string path) =>
        (state.Config.Pattern is { } pattern && StreamGlob.Matches(pattern, path)) || state.Find(path) is not null;

    private async ValueTask LinkAsync(
        Subscription subscription,
        string path,
        bool isExplicit,
        CancellationToken cancellationToken
    )
    {
        if (subscription.State.Find(path) is { } link)
        {
            link.IsExplicit |= isExplicit;
            return;
        }

        AddLink(subscription.State, path, isExplicit, await TailAsync(subscription.State.Project, path, cancellationToken));
    }

    private static void AddLink(SubscriptionState state, string path, bool isExplicit, long acked)
    {
        if (state.Links.Count >= MaxLinks)
            return;
        var link = new SubscriptionLink
        {
            Path = path,
            IsExplicit = isExplicit,
            IsGlob = state.Config.Pattern is { } pattern && StreamGlob.Matches(pattern, path),
            Acked = acked,
        };
        state.Links.Add(link);
    }

    /// <summary>Links the streams that match the pattern: a new subscription from their ends, a resumed one those it missed, from the start.</summary>
    private async ValueTask LinkMatchesAsync(Subscription subscription, bool isNew, CancellationToken cancellationToken)
    {
        var state = subscription.State;
        if (state.Config.Pattern is not { } pattern)
            return;
        var prefix = state.Project + "/";
        await foreach (var stream in _store.ListAsync(prefix, "", cancellationToken))
        {
            var path = stream.Name[prefix.Length..];
            if (IsReserved(path) || !StreamGlob.Matches(pattern, path))
                continue;
            if (state.Find(path) is { } link)
                link.IsGlob = true;
            else
                AddLink(state, path, isExplicit: false, isNew ? stream.Tail : SubscriptionLink.Nothing);
        }
    }

    private async ValueTask<long> TailAsync(string project, string path, CancellationToken cancellationToken) =>
        (await _store.FindAsync($"{project}/{path}", StreamUse.Peek, cancellationToken)).Stream?.Tail ?? 0;

    private async ValueTask<SubscriptionView> ViewAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        var state = subscription.State;
        var streams = await StreamsAsync(state, cancellationToken);
        return new SubscriptionView(state.Id, state.Config, state.CreatedAt, state.Failures > 0, streams);
    }

    private async ValueTask<List<SubscribedStream>> StreamsAsync(SubscriptionState state, CancellationToken cancellationToken)
    {
        var streams = new List<SubscribedStream>(state.Links.Count);
        foreach (var link in state.Links)
            streams.Add(
                new(link.Path, link.IsExplicit, link.Acked, await TailAsync(state.Project, link.Path, cancellationToken))
            );
        return streams;
    }

    private static bool IsReserved(string path) =>
        path == StreamName.ReservedSegment || path.StartsWith(StreamName.ReservedSegment + "/", StringComparison.Ordinal);
}
