using System.Diagnostics;

namespace Selvedge.Streams.Engine;

/// <content>Making, forking, deleting and expiring streams: everything that changes which streams there are.</content>
internal sealed partial class StreamEngine
{
    // A read asks one ancestor after another for its bytes.
    private const int MaxDepth = 256;

    public async ValueTask<CreateResult> CreateAsync(string name, CreateStream request, CancellationToken cancellationToken)
    {
        if (request.Content.Length > _journal.MaxContent)
            return new CreateResult(CreateOutcome.Overloaded, null);

        var outcome = Create(name, request, out var stream, out var durable);
        if (!durable.IsCompletedSuccessfully)
            await durable;
        if (stream is null)
            return new CreateResult(outcome, null);
        lock (stream.Gate)
            return new CreateResult(outcome, stream.Info_NeedsLock());
    }

    public async ValueTask<StreamPresence> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (!_names.TryGetValue(name, out var stream))
            return StreamPresence.NotFound;

        StreamPresence before;
        Task durable;
        lock (_lifecycle)
        {
            var now = Now;
            lock (stream.Gate)
            {
                var expired = stream.Phase == StreamPhase.Live && stream.HasEnded(now);
                var live = stream.Phase == StreamPhase.Live;
                if (live)
                    End_NeedsLocks(stream, now);
                before = live && !expired ? StreamPresence.Found : PresenceOf(stream.Phase);
                durable = stream.LifecycleCommit;
            }
        }

        if (!durable.IsCompletedSuccessfully)
            await durable;
        return before;
    }

    private CreateOutcome Create(string name, CreateStream request, out StreamState? stream, out Task durable)
    {
        lock (_lifecycle)
        {
            stream = null;
            durable = Task.CompletedTask;
            var now = Now;
            if (_names.TryGetValue(name, out var existing))
            {
                lock (existing.Gate)
                {
                    if (existing.Phase == StreamPhase.Live && existing.HasEnded(now))
                        End_NeedsLocks(existing, now);
                    durable = existing.LifecycleCommit;
                    if (existing.Phase == StreamPhase.Gone)
                        return CreateOutcome.NameGone;
                    if (existing.Phase == StreamPhase.Live)
                    {
                        stream = existing;
                        return CreateOutcome.Exists;
                    }
                }
            }

            StreamState? source = null;
            if (request.Config.Fork is { } fork && FindSource_NeedsLock(fork, request, now, out source) is { } refusal)
                return refusal;
            return Make_NeedsLock(name, request, source, now, out stream, out durable);
        }
    }

    private CreateOutcome? FindSource_NeedsLock(ForkOrigin fork, CreateStream request, long now, out StreamState? source)
    {
        if (!_names.TryGetValue(fork.Source, out source) || source.Id != request.ForkSourceId)
            return CreateOutcome.SourceNotFound;
        lock (source.Gate)
        {
            if (source.Phase == StreamPhase.Live && source.HasEnded(now))
                End_NeedsLocks(source, now);
            return source.Phase switch
            {
                StreamPhase.Removed => CreateOutcome.SourceNotFound,
                StreamPhase.Gone => CreateOutcome.SourceGone,
                _ when source.Depth >= MaxDepth => CreateOutcome.ForkTooDeep,
                _ => fork.Position > source.VisibleTail ? CreateOutcome.ForkPastTail : null,
            };
        }
    }

    private CreateOutcome Make_NeedsLock(
        string name,
        CreateStream request,
        StreamState? source,
        long now,
        out StreamState? stream,
        out Task durable
    )
    {
        var made = new StreamState(_lastId + 1, name, request.Config, source);
        var record = new JournalRecord
        {
            Kind = RecordKind.Create,
            StreamId = made.Id,
            Time = now,
            Position = made.Origin,
            IsClosed = request.IsClosed,
            Name = name,
            Config = request.Config,
            ParentId = source?.Id ?? 0,
            Content = request.Content.Span,
        };
        var change = new VisibleChange(made, made.Origin + request.Content.Length, request.IsClosed, StreamPhase.Live);
        lock (made.Gate)
        {
            stream = null;
            durable = Task.CompletedTask;
            if (!_journal.TryWrite(record, change, out var entry))
                return CreateOutcome.Overloaded;
            TakeOver_NeedsLock(made, record, entry);
            made.LifecycleCommit = durable = entry.Durable;
        }

        if (source is not null)
        {
            lock (source.Gate)
                source.Forks++;
        }

        _lastId = made.Id;
        _names[name] = stream = made;
        _order.Add(name);
        return CreateOutcome.Created;
    }

    /// <summary>Ends a stream whose lifetime is over, unless somebody used it in the meantime, and says what is left.</summary>
    private StreamPresence Expire(StreamState stream, long now)
    {
        lock (_lifecycle)
        {
            lock (stream.Gate)
            {
                if (stream.Phase == StreamPhase.Live && stream.HasEnded(now))
                    End_NeedsLocks(stream, now);
                return stream.Phase == StreamPhase.Gone ? StreamPresence.Gone : StreamPresence.NotFound;
            }
        }
    }

    private void End_NeedsLocks(StreamState stream, long now)
    {
        Debug.Assert(_lifecycle.IsHeldByCurrentThread && stream.Gate.IsHeldByCurrentThread);
        var phase = stream.Forks > 0 ? StreamPhase.Gone : StreamPhase.Removed;
        var record = new JournalRecord
        {
            Kind = RecordKind.Delete,
            StreamId = stream.Id,
            Time = now,
        };
        var change = new VisibleChange(stream, stream.Tail, stream.IsClosed, phase);
        var taken = _journal.TryWrite(record, change, out var entry);
        Debug.Assert(taken, "A record without content is always taken in.");
        stream.Apply_NeedsLock(record, entry.Number);
        stream.Phase = phase;
        stream.LastCommit = stream.LifecycleCommit = entry.Durable;
        if (phase == StreamPhase.Removed)
            Release_NeedsLocks(stream, entry.Durable);
    }

    /// <summary>Lets go of a stream nobody reads any more, and of the ancestors that were kept only for it.</summary>
    private void Release_NeedsLocks(StreamState stream, Task durable)
    {
        Drop_NeedsLocks(stream, durable);
        for (var parent = stream.Parent; parent is not null; parent = parent.Parent)
        {
            lock (parent.Gate)
            {
                parent.Forks--;
                if (parent.Forks > 0 || parent.Phase != StreamPhase.Gone)
                    return;
                parent.Phase = StreamPhase.Removed;
                Drop_NeedsLocks(parent, durable);
            }
        }
    }

    private void Drop_NeedsLocks(StreamState stream, Task durable)
    {
        Dropped?.Invoke(stream);
        stream.Data.Clear();
        stream.LastCommit = stream.LifecycleCommit = durable;

        // Until the end is durable the name still leads here, so that whoever asks is not told too early that nothing is there.
        if (durable.IsCompletedSuccessfully)
            Forget(stream);
        else
            _ = ForgetWhenAsync(stream, durable);
    }

    private async Task ForgetWhenAsync(StreamState stream, Task durable)
    {
        await durable.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (durable.IsCompletedSuccessfully)
            Forget(stream);
    }

    // Only this stream, never a later one of the same name.
    private void Forget(StreamState stream)
    {
        lock (_lifecycle)
        {
            if (_names.TryRemove(new(stream.Name, stream)))
                _order.Remove(stream.Name);
        }
    }

    /// <summary>Ends every stream whose lifetime is over, so that the unread ones give their space back too.</summary>
    private void Sweep()
    {
        var now = Now;
        foreach (var (_, stream) in _names)
        {
            bool ended;
            lock (stream.Gate)
                ended = stream.Phase == StreamPhase.Live && stream.HasEnded(now);
            if (ended && !TryExpire(stream, now))
                return;
        }
    }

    private bool TryExpire(StreamState stream, long now)
    {
        try
        {
            Expire(stream, now);
            return true;
        }
        catch (StreamStoreException)
        {
            // The store has failed and has said so; the sweep is nobody's request that could be told.
            return false;
        }
    }

    private static StreamPresence PresenceOf(StreamPhase phase) =>
        phase == StreamPhase.Gone ? StreamPresence.Gone : StreamPresence.NotFound;
}
