using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Estuaries;

/// <content>How what a stream gets reaches those who follow it.</content>
public sealed partial class EstuaryHub
{
    // A record of the log holds a page of this many bytes, and one JSON message more.
    private const int PageBytes = 256 * 1024;
    private const int MaxPageBytes = 64 * 1024 * 1024;
    private const int Concurrency = 64;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(60);

    /// <summary>A stream has grown: those who follow it are going to get it. Waits for nothing.</summary>
    public void Appended(string project, string stream)
    {
        if (_sources.TryGetValue((project, stream), out var source))
            source.Wake(RunAsync);
    }

    /// <summary>Whether those who follow a stream are too far behind to take more in.</summary>
    /// <param name="stream">The stream as it is now.</param>
    /// <param name="project">Its project.</param>
    /// <param name="id">Its id.</param>
    /// <param name="maxLag">How many bytes the slowest may be behind.</param>
    public bool IsBehind(StreamInfo stream, string project, string id, long maxLag) =>
        _sources.TryGetValue((project, id), out var source)
        && source.Slowest is var slowest and not long.MaxValue
        && stream.Tail - slowest > maxLag;

    /// <summary>Waits until what a stream got has been delivered, unless those who follow it are too many to wait for.</summary>
    /// <param name="project">The project.</param>
    /// <param name="stream">The stream's id.</param>
    /// <param name="upTo">The position behind what was published.</param>
    /// <param name="maxAwaited">How many followers are waited for.</param>
    /// <param name="cancellationToken">Stops waiting. The delivery goes on.</param>
    public async ValueTask<FanOutCounts> PublishedAsync(
        string project,
        string stream,
        long upTo,
        int maxAwaited,
        CancellationToken cancellationToken
    )
    {
        if (!_sources.TryGetValue((project, stream), out var source) || source.Followers is { IsEmpty: true })
            return default;
        var count = source.Followers.Length;
        if (count <= maxAwaited)
            return await source.WaitAsync(upTo, RunAsync).WaitAsync(cancellationToken);
        source.Wake(RunAsync);
        return new FanOutCounts(count, 0, 0, 0, Queued: count);
    }

    /// <summary>Delivers as long as there is something new. One run at a time for each stream, so its followers get it in order.</summary>
    private async Task RunAsync(FollowedStream source)
    {
        try
        {
            while (source.TryTakeNext(out var waiting))
            {
                var followers = source.Followers;
                try
                {
                    await DeliverAsync(source, followers, _stopping.Token);
                }
                catch (Exception exception)
                {
                    foreach (var (_, done) in waiting)
                        done.TrySetException(exception);
                    throw;
                }

                foreach (var (upTo, done) in waiting)
                    done.TrySetResult(Count(followers, upTo));
                source.Slowest = followers
                    .Where(follower => follower.IsOpen)
                    .Select(follower => follower.Delivered)
                    .DefaultIfEmpty(long.MaxValue)
                    .Min();
            }
        }
        catch (Exception exception)
        {
            if (!_stopping.IsCancellationRequested)
                Log.FanOutFailed(_logger, exception, source.Project, source.Id);
            source.Abandon(exception);
        }
    }

    /// <summary>Brings every follower up to where the stream ends now. Those that are nearest come first, so that nobody waits for one far behind.</summary>
    private async Task DeliverAsync(FollowedStream source, IReadOnlyList<Follower> followers, CancellationToken cancellationToken)
    {
        if ((await _store.FindAsync(source.Key, StreamUse.Peek, cancellationToken)).Stream is not { } stream)
            return;
        var now = _time.GetUtcNow();
        var ready = followers.Where(follower => !follower.IsGone && follower.NotBefore <= now).ToList();
        foreach (var follower in ready.Where(follower => follower.Source != stream.Id || follower.IsPaused))
            await LocateAsync(follower, stream, cancellationToken);

        using var page = new PooledBuffer();
        while (true)
        {
            var behind = ready.Where(follower => follower.IsOpen && follower.Delivered < stream.Tail);
            var nearest = behind.GroupBy(follower => follower.Delivered).MaxBy(group => group.Key);
            if (nearest is null)
                return;
            if (await ReadAsync(stream, nearest.Key, page, cancellationToken) is not (> 0 and var length))
                return;
            var bytes = page.Written[..length];
            await Parallel.ForEachAsync(
                nearest.ToList(),
                new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
                (follower, token) => DeliverAsync(follower, stream, nearest.Key, bytes, token)
            );
        }
    }

    /// <summary>Finds out how far a follower has come, from the one who knows: its own stream.</summary>
    private async ValueTask LocateAsync(Follower follower, StreamInfo source, CancellationToken cancellationToken)
    {
        // An append that can only be refused: the first epoch never begins with 1. If the producer is known, its epoch is the answer.
        var question = new AppendToStream
        {
            Content = new byte[1],
            Producer = ProducerOf(source, position: 0) with { Sequence = 1 },
            Use = StreamUse.Peek,
        };
        var answer = await _store.AppendAsync(follower.Key, question, cancellationToken);
        var began = follower.Record.Source == source.Id ? follower.Record.From : 0;
        follower.Delivered = Math.Max(began, answer.Outcome is AppendOutcome.StaleEpoch ? answer.Epoch : 0);
        follower.Source = source.Id;
        // Whether it is there at all is found out when something is delivered to it.
        follower.IsPaused = false;
    }

    private async ValueTask DeliverAsync(
        Follower follower,
        StreamInfo source,
        long position,
        ReadOnlyMemory<byte> page,
        CancellationToken cancellationToken
    )
    {
        var end = position + page.Length;
        var request = new AppendToStream
        {
            Content = page,
            ContentType = source.Config.ContentType,
            Producer = ProducerOf(source, end),
            Use = StreamUse.Peek,
        };
        // A stream that was made again under the name is not the one that followed.
        var found = await _store.FindAsync(follower.Key, StreamUse.Peek, cancellationToken);
        var result =
            found.Stream?.Id == follower.Record.Estuary
                ? await _store.AppendAsync(follower.Key, request, cancellationToken)
                : new AppendResult(AppendOutcome.NotFound);
        switch (result.Outcome)
        {
            case AppendOutcome.Appended:
            case AppendOutcome.Duplicate:
                (follower.Delivered, follower.Failures) = (end, 0);
                await _appended(follower.Project, follower.Estuary);
                break;
            case AppendOutcome.StaleEpoch:
                follower.Delivered = result.Epoch;
                break;
            case AppendOutcome.Overloaded:
                Postpone(follower, result.Outcome);
                break;
            default:
                await RemoveAsync(follower, result.Outcome, cancellationToken);
                break;
        }
    }

    private void Postpone(Follower follower, AppendOutcome outcome)
    {
        follower.Failures++;
        follower.IsPaused = true;
        var delay = FirstRetry * Math.Pow(2, Math.Min(follower.Failures - 1, 6));
        delay = delay < LastRetry ? delay : LastRetry;
        follower.NotBefore = _time.GetUtcNow() + delay;
        Log.DeliveryFailed(_logger, follower.Project, follower.Estuary, follower.Stream, follower.Failures, outcome);
        _ = RetryAsync(follower, delay, _stopping.Token);
    }

    private async Task RetryAsync(Follower follower, TimeSpan delay, CancellationToken stopping)
    {
        await Task.Delay(delay, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopping.IsCancellationRequested)
            Appended(follower.Project, follower.Stream);
    }

    private async ValueTask RemoveAsync(Follower follower, AppendOutcome outcome, CancellationToken cancellationToken)
    {
        using var _ = await EnterAsync(cancellationToken);
        if (follower.IsGone)
            return;
        Log.FollowerRemoved(_logger, follower.Project, follower.Estuary, follower.Stream, outcome);
        await Remove_NeedsEntryAsync(follower, cancellationToken);
    }

    /// <summary>Reads a page that ends behind a whole message, or character.</summary>
    /// <returns>Its length; nothing when the stream is gone.</returns>
    private async ValueTask<int> ReadAsync(
        StreamInfo stream,
        long position,
        PooledBuffer page,
        CancellationToken cancellationToken
    )
    {
        for (var wanted = PageBytes; ; wanted *= 4)
        {
            var length = (int)Math.Min(wanted, stream.Tail - position);
            page.Clear();
            var memory = page.GetMemory(length)[..length];
            if (await _store.ReadAsync(stream, position, memory, cancellationToken) < length)
                return 0;
            page.Advance(length);
            if (position + length == stream.Tail)
                return length;
            // Of a page that was made longer only the one message it was made longer for: more might be too long for the log.
            var end =
                wanted == PageBytes
                    ? PageEnd.Find(page.Written.Span, stream.Config.ContentType)
                    : page.Written.Span.IndexOf(JsonMessages.Separator) + 1;
            if (end > 0 || wanted >= MaxPageBytes)
                return end;
        }
    }

    private static ProducerClaim ProducerOf(StreamInfo source, long position) => new($"{Producer}{source.Id}", position, 0);

    private static FanOutCounts Count(IReadOnlyList<Follower> followers, long upTo)
    {
        var (delivered, removed) = (0, 0);
        foreach (var follower in followers)
        {
            removed += follower.IsGone ? 1 : 0;
            delivered += !follower.IsGone && follower.Delivered >= upTo ? 1 : 0;
        }

        return new FanOutCounts(followers.Count, delivered, removed, followers.Count - delivered - removed, Queued: 0);
    }
}
