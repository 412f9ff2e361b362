using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Engine;

/// <summary>One stream: what has been decided about it, and what readers may see of that.</summary>
/// <remarks>
/// Everything is guarded by <see cref="Gate"/>. What is decided runs ahead of what is visible by the records that are not durable yet.
/// A change of <see cref="Phase"/> or <see cref="Forks"/> also needs the lock over the names, taken first.
/// </remarks>
internal sealed class StreamState(ulong id, string name, StreamConfig config, StreamState? parent)
{
    private StreamInfo? _seen;
    private ChangeSignal? _changed;

    public Lock Gate { get; } = new();

    public ulong Id { get; } = id;

    public string Name { get; } = name;

    public StreamConfig Config { get; } = config;

    /// <summary>The stream this one was forked from, kept as long as this one.</summary>
    public StreamState? Parent { get; } = parent;

    /// <summary>How many ancestors there are.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>Where the bytes of this stream itself begin; those before are the parent's.</summary>
    public long Origin => Config.Fork?.Position ?? 0;

    // Decided.
    public long Tail { get; set; } = config.Fork?.Position ?? 0;

    public bool IsClosed { get; set; }

    /// <summary>The producer whose append closed the stream, so that its retry is recognised.</summary>
    public ProducerClaim? ClosedBy { get; set; }

    public StreamPhase Phase { get; set; }

    /// <summary>How many streams were forked from this one and still exist.</summary>
    public int Forks { get; set; }

    public Dictionary<string, ProducerState>? Producers { get; set; }

    public string? LastSequence { get; set; }

    /// <summary>When the stream was last read or written, Unix milliseconds.</summary>
    public long LastUse { get; set; }

    /// <summary>The last use that the journal knows of.</summary>
    public long LoggedUse { get; set; }

    /// <summary>The number of the last record about this stream.</summary>
    public long LastRecord { get; set; }

    /// <summary>Completes when everything decided so far is durable.</summary>
    public Task LastCommit { get; set; } = Task.CompletedTask;

    /// <summary>Completes when the last change of <see cref="Phase"/>, the creation included, is durable.</summary>
    public Task LifecycleCommit { get; set; } = Task.CompletedTask;

    /// <summary>The write-ahead file that last took content of this stream.</summary>
    public long LastGeneration { get; set; }

    public ExtentList Data { get; } = new();

    // Visible.
    public long VisibleTail { get; private set; } = config.Fork?.Position ?? 0;

    public bool VisibleClosed { get; private set; }

    public StreamPhase VisiblePhase { get; private set; }

    /// <summary>The stream as readers may see it now. One object for all of them until it changes.</summary>
    public StreamInfo Info_NeedsLock() =>
        _seen ??= new StreamInfo
        {
            Id = Id,
            Name = Name,
            Config = Config,
            Tail = VisibleTail,
            IsClosed = VisibleClosed,
        };

    /// <summary>Lets readers see everything there is. For a stream that was read back, all of which is durable.</summary>
    public void Reveal() => Publish(new VisibleChange(this, Tail, IsClosed, Phase));

    /// <summary>Lets readers see a change, and wakes those who wait for one.</summary>
    public void Publish(in VisibleChange change)
    {
        ChangeSignal? changed;
        lock (Gate)
        {
            if (change.Tail == VisibleTail && change.IsClosed == VisibleClosed && change.Phase == VisiblePhase)
                return;
            VisibleTail = change.Tail;
            VisibleClosed = change.IsClosed;
            VisiblePhase = change.Phase;
            _seen = null;
            (changed, _changed) = (_changed, null);
        }

        changed?.Raise();
    }

    /// <summary>Completes at the next change.</summary>
    public Task NextChange_NeedsLock() => (_changed ??= new ChangeSignal()).Join_NeedsLock();

    /// <summary>True once the stream has ended by itself.</summary>
    public bool HasEnded(long now) => Config.Lifetime.HasEnded(LastUse, now);

    /// <summary>Takes over what a record says, at the time it is accepted and again when it is replayed.</summary>
    public void Apply_NeedsLock(in JournalRecord record, long number)
    {
        LastRecord = number;
        LastUse = Math.Max(LastUse, record.Time);
        LoggedUse = record.Time;
        Tail = Math.Max(Tail, record.Position + record.Content.Length);
        if (record.Kind is RecordKind.Touch or RecordKind.Delete)
            return;
        if (record.IsClosed && !IsClosed)
        {
            IsClosed = true;
            ClosedBy = record.Producer;
        }

        if (record.Producer is { } producer)
            (Producers ??= new(StringComparer.Ordinal))[producer.Id] = new ProducerState(producer.Epoch, producer.Sequence);
        if (record.Sequence is not null)
            LastSequence = record.Sequence;
    }
}
