using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Selvedge.Streams.Engine;

/// <summary>The streams of one process: decides every change, hands it to the journal, and serves reads of what is durable.</summary>
/// <remarks>
/// A change goes four steps: (1) it is decided under the stream's lock, (2) the journal takes the record in, under the same lock, (3) the
/// stream takes the record over, still under it, (4) the answer waits, without a lock, until the record is durable. A refusal that
/// rests on records not yet durable waits for them too, so no answer is ever taken back by a crash.
/// </remarks>
internal sealed partial class StreamEngine : IStreamStore
{
    // Streams nobody asks for are ended this late at most. Asking for one ends it at once.
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    private const int ListPage = 256;

    private readonly ConcurrentDictionary<string, StreamState> _names = new(StringComparer.Ordinal);

    // The names again, in order. Changed together with them, under the lifecycle's lock.
    private readonly NameIndex _order = new();

    // Taken before any stream's lock, for everything that makes, ends or forks a stream.
    private readonly Lock _lifecycle = new();

    private readonly IStreamJournal _journal;
    private readonly TimeProvider _time;
    private readonly ITimer _sweeper;
    private ulong _lastId;

    /// <summary>Begins with the streams of an earlier life, or with none.</summary>
    /// <param name="journal">Takes the changes in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="lastId">The last id ever given to a stream.</param>
    /// <param name="streams">The streams to begin with.</param>
    public StreamEngine(IStreamJournal journal, TimeProvider time, ulong lastId, IEnumerable<StreamState> streams)
    {
        _journal = journal;
        _time = time;
        _lastId = lastId;
        foreach (var stream in streams)
        {
            _names[stream.Name] = stream;
            _order.Add(stream.Name);
        }

        _sweeper = time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    /// <summary>Called, under its locks, for a stream whose bytes nobody will read again.</summary>
    public Action<StreamState>? Dropped { get; init; }

    /// <summary>Called for settled bytes that were read back other than they were written.</summary>
    public Action<Extent, StreamState>? Damaged { get; init; }

    /// <summary>Every stream there is, those kept for their forks included. As they are met; changes go on meanwhile.</summary>
    public IEnumerable<StreamState> Streams =>
        _names.Select(pair => pair.Value).Where(stream => stream.Phase != StreamPhase.Removed);

    /// <summary>The last id given to a stream.</summary>
    public ulong LastId => Volatile.Read(ref _lastId);

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    // At a million appends a second the object that waits for the flush is worth keeping for the next one.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<AppendResult> AppendAsync(string name, AppendToStream request, CancellationToken cancellationToken)
    {
        if (!_names.TryGetValue(name, out var stream))
            return new AppendResult(AppendOutcome.NotFound);
        if (request.Content.Length > _journal.MaxContent)
            return new AppendResult(AppendOutcome.Overloaded);

        // What the journal has taken in happens whether anybody waits for it or not, so the wait is not cancelled.
        var result = Append(stream, request, out var durable);
        if (!durable.IsCompletedSuccessfully)
            await durable;
        return result;
    }

    public async ValueTask<StreamLookup> FindAsync(string name, StreamUse use, CancellationToken cancellationToken)
    {
        if (!_names.TryGetValue(name, out var stream))
            return default;

        // Whether a stream exists is told once it is certain.
        if (!stream.LifecycleCommit.IsCompletedSuccessfully)
            await stream.LifecycleCommit.WaitAsync(cancellationToken);

        var now = Now;
        lock (stream.Gate)
        {
            if (stream.Phase == StreamPhase.Live && !stream.HasEnded(now))
            {
                if (use == StreamUse.Touch)
                    Touch_NeedsLock(stream, now);
                return new StreamLookup(StreamPresence.Found, stream.Info_NeedsLock());
            }
        }

        return new StreamLookup(Expire(stream, now), null);
    }

    public ValueTask<int> ReadAsync(StreamInfo stream, long position, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        // A synchronous read of what is nearly always in the page cache beats a hop to another thread for every read.
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(stream, position, buffer.Span));
    }

    public async ValueTask<bool> WaitForChangeAsync(StreamInfo seen, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!_names.TryGetValue(seen.Name, out var stream) || stream.Id != seen.Id)
            return true;

        Task change;
        lock (stream.Gate)
        {
            var same =
                stream.VisiblePhase == StreamPhase.Live
                && stream.VisibleTail == seen.Tail
                && stream.VisibleClosed == seen.IsClosed;
            if (!same)
                return true;
            change = stream.NextChange_NeedsLock().WaitAsync(patience, _time, cancellationToken);
        }

        // Most waits end by time; an exception for each of a thousand readers would cost more than the waiting.
        await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return change.IsCompletedSuccessfully;
    }

    public async IAsyncEnumerable<StreamInfo> ListAsync(
        string prefix,
        string after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        var page = new string[ListPage];
        for (var count = page.Length; count == page.Length; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            count = _order.Next(prefix, after, page);
            for (var i = 0; i < count; i++)
            {
                if (FindListed(page[i]) is { } info)
                    yield return info;
            }

            after = count > 0 ? page[count - 1] : after;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sweeper.DisposeAsync();
        await _journal.DisposeAsync();
    }

    private StreamInfo? FindListed(string name)
    {
        if (!_names.TryGetValue(name, out var stream) || !stream.LifecycleCommit.IsCompletedSuccessfully)
            return null;
        lock (stream.Gate)
            return stream.Phase == StreamPhase.Live && !stream.HasEnded(Now) ? stream.Info_NeedsLock() : null;
    }

    private AppendResult Append(StreamState stream, in AppendToStream request, out Task durable)
    {
        var now = Now;
        StreamPhase phase;
        lock (stream.Gate)
        {
            durable = stream.LastCommit;
            phase = stream.Phase;
            if (phase == StreamPhase.Live && !stream.HasEnded(now))
            {
                var result = AppendRules.Decide(stream, request);
                if (result.Outcome is AppendOutcome.Duplicate && request.Use is StreamUse.Touch)
                    Touch_NeedsLock(stream, now);
                if (result.Outcome is not AppendOutcome.Appended)
                    return result;
                if (Write_NeedsLock(stream, request, now, ref durable))
                    return result;
                durable = Task.CompletedTask;
                return new AppendResult(AppendOutcome.Overloaded);
            }
        }

        return new AppendResult(Expire(stream, now) == StreamPresence.Gone ? AppendOutcome.Gone : AppendOutcome.NotFound);
    }

    private bool Write_NeedsLock(StreamState stream, in AppendToStream request, long now, ref Task durable)
    {
        var record = new JournalRecord
        {
            Kind = RecordKind.Append,
            StreamId = stream.Id,
            // A record that is no use repeats the last one, so that replaying it moves no lifetime either.
            Time = request.Use is StreamUse.Touch ? now : stream.LastUse,
            Position = stream.Tail,
            IsClosed = request.Close,
            Producer = request.Producer,
            Sequence = request.Sequence,
            Content = request.Content.Span,
        };
        var tail = stream.Tail + request.Content.Length;
        var change = new VisibleChange(stream, tail, request.Close, StreamPhase.Live);
        if (!_journal.TryWrite(record, change, out var entry))
            return false;

        TakeOver_NeedsLock(stream, record, entry);
        durable = entry.Durable;
        return true;
    }

    private static void TakeOver_NeedsLock(StreamState stream, in JournalRecord record, in JournalEntry entry)
    {
        if (!record.Content.IsEmpty)
            stream.Data.Append(record.Position, record.Content, entry);
        stream.Apply_NeedsLock(record, entry.Number);
        stream.LastCommit = entry.Durable;
    }

    private void Touch_NeedsLock(StreamState stream, long now)
    {
        if (stream.Config.Lifetime.TtlSeconds is not { } ttl)
            return;
        stream.LastUse = Math.Max(stream.LastUse, now);

        // A record for every read would make reads cost a flush; a tenth of the window is given back after a restart instead.
        if (now - stream.LoggedUse < Math.Max(1000, ttl * 100))
            return;
        var record = new JournalRecord
        {
            Kind = RecordKind.Touch,
            StreamId = stream.Id,
            Time = now,
        };
        var change = new VisibleChange(stream, stream.Tail, stream.IsClosed, stream.Phase);
        if (_journal.TryWrite(record, change, out var entry))
            stream.Apply_NeedsLock(record, entry.Number);
    }
}
