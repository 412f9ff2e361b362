using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Estuaries;

/// <summary>Estuaries: streams into which many others flow. What is written to a stream is delivered to all who follow it, once each.</summary>
/// <remarks>
/// An estuary is a stream like any other, with a sliding lifetime: its reader keeps it alive by reading, deliveries do not. That it follows
/// a stream is a small reserved stream with a name made of both, so following and leaving cost the same however many there are.
/// <para>
/// Delivering is copying: the bytes of the source from where the follower has come, up to its end, are appended by a producer named for
/// the source's incarnation whose <em>epoch is the position behind them</em>. The store keeps that with the bytes, in one record; so
/// however often a delivery is repeated, after however many crashes, the store itself says how far the follower has come, and takes no
/// byte twice. The log of the source is the queue: nothing waits in memory, and nothing is lost when the process dies between an append
/// and its delivery.
/// </para>
/// </remarks>
public sealed partial class EstuaryHub : IAsyncDisposable
{
    /// <summary>What the names of the producers that deliver begin with; nobody else may write under such a name.</summary>
    public const string Producer = "fanout:";

    private const int MaxFollowers = 10_000;
    private const int MaxFollowed = 1_000;

    private readonly ConcurrentDictionary<(string Project, string Stream), FollowedStream> _sources = new();
    private readonly ConcurrentDictionary<(string Project, string Estuary), Dictionary<string, Follower>> _estuaries = new();
    private readonly SemaphoreSlim _changes = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IStreamStore _store;
    private readonly Func<string, string, ValueTask> _appended;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private EstuaryHub(IStreamStore store, Func<string, string, ValueTask> appended, TimeProvider time, ILogger logger)
    {
        _store = store;
        _appended = appended;
        _time = time;
        _logger = logger;
    }

    /// <summary>Goes on with the estuaries of a store, and delivers what was not before the process ended.</summary>
    /// <param name="store">Holds the streams, and what they follow.</param>
    /// <param name="appended">Told of every stream (project and id) that something was delivered to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where events go.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async ValueTask<EstuaryHub> StartAsync(
        IStreamStore store,
        Func<string, string, ValueTask> appended,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var hub = new EstuaryHub(store, appended, time, logger);
        await foreach (var stream in store.ListAsync("", "", cancellationToken))
        {
            if (!EstuaryName.TryParseRecord(stream.Name, out var project, out var estuary, out var source))
                continue;
            var bytes = new byte[stream.Tail];
            await store.ReadAsync(stream, 0, bytes, cancellationToken);
            var record =
                JsonSerializer.Deserialize<FollowRecord>(bytes)
                ?? throw new StreamStoreException($"'{stream.Name}' cannot be read.");
            var found = await store.FindAsync($"{project}/{estuary}", StreamUse.Peek, cancellationToken);
            if (found.Stream?.Id == record.Estuary)
                hub.Add(new Follower(project, estuary, source, record));
            else
                await store.DeleteAsync(stream.Name, cancellationToken);
        }

        foreach (var source in hub._sources.Values)
            source.Wake(hub.RunAsync);
        return hub;
    }

    /// <summary>Makes an estuary, or confirms the one that is there, and uses it: its lifetime starts again.</summary>
    public async ValueTask<(EstuaryOutcome Outcome, EstuaryView? View)> CreateAsync(
        string project,
        string id,
        StreamConfig config,
        CancellationToken cancellationToken
    )
    {
        var (outcome, stream) = await _store.CreateAsync(
            $"{project}/{id}",
            new CreateStream { Config = config },
            cancellationToken
        );
        if (outcome is CreateOutcome.Overloaded)
            return (EstuaryOutcome.Busy, null);
        if (outcome is not (CreateOutcome.Created or CreateOutcome.Exists) || stream is null || stream.IsClosed)
            return (EstuaryOutcome.NameTaken, null);
        if (!MediaType.Same(stream.Config.ContentType, config.ContentType))
            return (EstuaryOutcome.ContentTypeMismatch, null);
        var done = outcome is CreateOutcome.Created ? EstuaryOutcome.Done : EstuaryOutcome.Unchanged;
        return await FindAsync(project, id, StreamUse.Touch, cancellationToken) is { } view
            ? (done, view)
            : (EstuaryOutcome.NotFound, null);
    }

    /// <summary>Tells what an estuary is; null when there is none.</summary>
    public async ValueTask<EstuaryView?> FindAsync(string project, string id, StreamUse use, CancellationToken cancellationToken)
    {
        if ((await _store.FindAsync($"{project}/{id}", use, cancellationToken)).Stream is not { } stream)
            return null;
        using var _ = await EnterAsync(cancellationToken);
        var followed = _estuaries.TryGetValue((project, id), out var followers)
            ? followers.Values.Where(follower => follower.Record.Estuary == stream.Id).Select(follower => follower.Stream)
            : [];
        return new EstuaryView(id, stream, [.. followed.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Ends an estuary, its stream included.</summary>
    public async ValueTask<EstuaryOutcome> DeleteAsync(string project, string id, CancellationToken cancellationToken)
    {
        using var _ = await EnterAsync(cancellationToken);
        var presence = await _store.DeleteAsync($"{project}/{id}", cancellationToken);
        if (_estuaries.TryGetValue((project, id), out var followers))
        {
            foreach (var follower in followers.Values.ToList())
                await Remove_NeedsEntryAsync(follower, cancellationToken);
        }

        return presence is StreamPresence.Found ? EstuaryOutcome.Done : EstuaryOutcome.NotFound;
    }

    /// <summary>Lets an estuary follow a stream, from where the stream ends now.</summary>
    public async ValueTask<EstuaryOutcome> FollowAsync(
        string project,
        string id,
        string stream,
        CancellationToken cancellationToken
    )
    {
        using var _ = await EnterAsync(cancellationToken);
        if ((await _store.FindAsync($"{project}/{id}", StreamUse.Touch, cancellationToken)).Stream is not { } estuary)
            return EstuaryOutcome.NotFound;
        if ((await _store.FindAsync($"{project}/{stream}", StreamUse.Peek, cancellationToken)).Stream is not { } source)
            return EstuaryOutcome.StreamNotFound;
        if (!MediaType.Same(estuary.Config.ContentType, source.Config.ContentType))
            return EstuaryOutcome.ContentTypeMismatch;
        if (stream == id || IsFollowed(project, id) || Follows(project, source))
            return EstuaryOutcome.Chained;
        _estuaries.TryGetValue((project, id), out var followers);
        if (followers?.GetValueOrDefault(stream) is { } known)
        {
            if (known.Record.Estuary == estuary.Id)
                return EstuaryOutcome.Unchanged;
            await Remove_NeedsEntryAsync(known, cancellationToken);
        }

        _sources.TryGetValue((project, stream), out var followed);
        if (followers?.Count >= MaxFollowed || followed?.Followers.Length >= MaxFollowers)
            return EstuaryOutcome.TooMany;
        var record = new FollowRecord(estuary.Id, source.Id, source.Tail);
        var request = new CreateStream
        {
            Config = new StreamConfig("application/json", Lifetime.Endless, Fork: null),
            Content = JsonSerializer.SerializeToUtf8Bytes(record),
            IsClosed = true,
        };
        var name = EstuaryName.RecordOf(project, id, stream);
        if ((await _store.CreateAsync(name, request, cancellationToken)).Outcome is not CreateOutcome.Created)
            return EstuaryOutcome.Busy;

        // What was appended meanwhile is behind the position that was recorded, and is delivered now.
        Add(new Follower(project, id, stream, record)).Wake(RunAsync);
        return EstuaryOutcome.Done;
    }

    /// <summary>Lets an estuary follow a stream no more. What was delivered stays.</summary>
    public async ValueTask<EstuaryOutcome> LeaveAsync(
        string project,
        string id,
        string stream,
        CancellationToken cancellationToken
    )
    {
        using var _ = await EnterAsync(cancellationToken);
        if (!_estuaries.TryGetValue((project, id), out var followers) || !followers.TryGetValue(stream, out var follower))
            return EstuaryOutcome.NotFound;
        await Remove_NeedsEntryAsync(follower, cancellationToken);
        return EstuaryOutcome.Done;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        foreach (var source in _sources.Values)
            await source.Running;
        _stopping.Dispose();
    }

    /// <summary>Completes when no delivery is under way.</summary>
    internal Task WhenQuietAsync() => Task.WhenAll(_sources.Values.Select(source => source.Running));

    private bool IsFollowed(string project, string stream) =>
        _sources.TryGetValue((project, stream), out var source) && !source.Followers.IsEmpty;

    private bool Follows(string project, StreamInfo stream) =>
        _estuaries.TryGetValue((project, stream.Name[(project.Length + 1)..]), out var followers)
        && followers.Values.Any(follower => follower.Record.Estuary == stream.Id);

    private FollowedStream Add(Follower follower)
    {
        var source = _sources.GetOrAdd(
            (follower.Project, follower.Stream),
            static key => new FollowedStream(key.Project, key.Stream)
        );
        source.Followers = source.Followers.Add(follower);
        var followers = _estuaries.GetOrAdd(
            (follower.Project, follower.Estuary),
            static _ => new Dictionary<string, Follower>(StringComparer.Ordinal)
        );
        followers[follower.Stream] = follower;
        return source;
    }

    private async ValueTask Remove_NeedsEntryAsync(Follower follower, CancellationToken cancellationToken)
    {
        follower.IsGone = true;
        await _store.DeleteAsync(EstuaryName.RecordOf(follower.Project, follower.Estuary, follower.Stream), cancellationToken);
        if (_sources.TryGetValue((follower.Project, follower.Stream), out var source))
        {
            source.Followers = source.Followers.Remove(follower);
            if (source.Followers.IsEmpty)
                _sources.TryRemove(new((follower.Project, follower.Stream), source));
        }

        var key = (follower.Project, follower.Estuary);
        if (_estuaries.TryGetValue(key, out var followers) && followers.Remove(follower.Stream) && followers.Count == 0)
            _estuaries.TryRemove(new(key, followers));
    }

    private async ValueTask<Entry> EnterAsync(CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken);
        return new Entry(_changes);
    }

    private readonly struct Entry(SemaphoreSlim changes) : IDisposable
    {
        public void Dispose() => changes.Release();
    }
}
