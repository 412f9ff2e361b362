using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>Builds the streams of a directory again, from its checkpoint and the write-ahead files after it.</summary>
/// <remarks>
/// The end of the log is the first frame that is not whole. It is the trace of a crash only if nothing comes after it; a hole with
/// whole frames behind it means that the medium lost what it had acknowledged, and the directory is refused instead of cut short.
/// </remarks>
internal sealed class Recovery
{
    private readonly IStorageDevice _device;
    private readonly SegmentTable _segments;
    private readonly Checkpoint _checkpoint;
    private readonly Dictionary<ulong, StreamState> _streams;
    private readonly HashSet<ulong> _dangling = [];
    private WalFile? _replaying;

    private Recovery(IStorageDevice device, SegmentTable segments)
    {
        _device = device;
        _segments = segments;
        _checkpoint = device.List().Contains(FileNames.Checkpoint, StringComparer.Ordinal)
            ? Checkpoint.Read(device, segments.Open)
            : Checkpoint.Empty();
        _streams = _checkpoint.Streams;
        LastId = _checkpoint.LastId;
    }

    /// <summary>The streams that exist.</summary>
    public IReadOnlyCollection<StreamState> Streams => _streams.Values;

    /// <summary>The last id ever given to a stream.</summary>
    public ulong LastId { get; private set; }

    /// <summary>The number behind the last record.</summary>
    public long Next { get; private set; } = 1;

    /// <summary>The generation behind the last file.</summary>
    public long NextGeneration { get; private set; } = 1;

    /// <summary>The files whose content is not settled, in order.</summary>
    public List<WalFile> Unsettled { get; } = [];

    /// <summary>Where the last file's whole frames end.</summary>
    public long EndOfLog { get; private set; }

    /// <summary>Reads everything.</summary>
    /// <exception cref="StreamStoreException">The directory is damaged.</exception>
    public static Recovery Run(IStorageDevice device, SegmentTable segments)
    {
        var recovery = new Recovery(device, segments);
        recovery.ReplayFiles();
        recovery.DropUnwanted();
        foreach (var stream in recovery._streams.Values)
            Finish(stream);
        return recovery;
    }

    private void ReplayFiles()
    {
        var generations = new SortedSet<long>();
        foreach (var name in _device.List())
        {
            if (FileNames.TryParseWal(name, out var generation) && generation >= _checkpoint.FirstGeneration)
                generations.Add(generation);
        }

        NextGeneration = _checkpoint.FirstGeneration;
        if (generations.Count == 0 && _checkpoint.FirstGeneration > 1)
            throw Missing(_checkpoint.FirstGeneration);
        foreach (var generation in generations)
        {
            if (generation != NextGeneration)
                throw Missing(NextGeneration);
            ReplayFile(generation);
            NextGeneration++;
        }
    }

    private void ReplayFile(long generation)
    {
        var name = FileNames.Wal(generation);
        var file = _device.Open(name);
        if (!WalHeader.TryRead(file, out var header) || header.Generation != generation)
            throw new StreamStoreException($"'{name}' is damaged: its header is wrong.");

        // The first file begins wherever the checkpoint left it; every other one must go on where the one before ended.
        if (Unsettled.Count == 0)
            Next = header.First;
        else if (header.First != Next)
            throw Hole(FileNames.Wal(generation - 1), EndOfLog);

        _replaying = new WalFile(generation);
        _replaying.Block.File = file;
        var next = Next;
        EndOfLog = WalScan.Replay(file, ref next, Apply);
        Next = next;
        if (WalScan.FindLater(file, EndOfLog, next) is not null)
            throw Hole(name, EndOfLog);
        Unsettled.Add(_replaying);
    }

    private void Apply(in JournalRecord record, long number, long contentOffset)
    {
        LastId = Math.Max(LastId, record.StreamId);
        if (record.Kind is RecordKind.Create && !_streams.ContainsKey(record.StreamId))
            Create(record);
        if (!_streams.TryGetValue(record.StreamId, out var stream))
            return; // It was deleted before the checkpoint, which therefore does not know it.

        if (!record.Content.IsEmpty && record.Position >= EndOfData(stream))
            AddContent(stream, record, contentOffset);
        if (number <= stream.LastRecord)
            return; // The checkpoint was taken after this record.
        lock (stream.Gate)
            stream.Apply_NeedsLock(record, number);
        if (record.Kind is RecordKind.Delete)
            stream.Phase = StreamPhase.Gone; // Whether forks remain is known only when everything is replayed.
    }

    private void Create(in JournalRecord record)
    {
        var parent = _streams.GetValueOrDefault(record.ParentId);
        if (record.ParentId != 0 && parent is null)
            _dangling.Add(record.StreamId);
        _streams.Add(record.StreamId, new StreamState(record.StreamId, record.Name!, record.Config!, parent));
    }

    private void AddContent(StreamState stream, in JournalRecord record, long contentOffset)
    {
        var file = _replaying!;
        stream.Data.Append(
            record.Position,
            record.Content,
            new JournalEntry(0, Task.CompletedTask, file.Generation, file.Block, contentOffset)
        );
        file.ContentLength += record.Content.Length;
        if (stream.LastGeneration != file.Generation)
        {
            stream.LastGeneration = file.Generation;
            file.Touched.Add(stream);
        }
    }

    /// <summary>Forgets deleted streams, except those that forks read.</summary>
    private void DropUnwanted()
    {
        foreach (var stream in _streams.Values)
        {
            if (stream.Parent is { } parent)
                parent.Forks++;
        }

        // A fork has a greater id than its source, so the ancestors it releases come later.
        foreach (var stream in _streams.Values.OrderByDescending(stream => stream.Id).ToList())
        {
            if (stream.Phase is StreamPhase.Live && _dangling.Contains(stream.Id))
                throw new StreamStoreException($"The stream '{stream.Name}' was forked from one that is missing.");
            if (stream.Phase is StreamPhase.Live || stream.Forks > 0)
                continue;
            stream.Phase = StreamPhase.Removed;
            _streams.Remove(stream.Id);
            _segments.Release(stream);
            stream.Data.Clear();
            if (stream.Parent is { } parent)
                parent.Forks--;
        }
    }

    private static void Finish(StreamState stream)
    {
        // The journal hears of every tenth of a window of use, so the last use may be that much later than it knows.
        if (stream.Config.Lifetime.TtlSeconds is { } ttl)
            stream.LastUse += Math.Max(1000, ttl * 100);
        stream.Reveal();
    }

    private static long EndOfData(StreamState stream)
    {
        var items = stream.Data.Items;
        return items.IsEmpty ? stream.Origin : items[^1].End;
    }

    private static StreamStoreException Missing(long generation) =>
        new($"'{FileNames.Wal(generation)}' is missing. Restore the data directory from a copy.");

    private static StreamStoreException Hole(string name, long offset) =>
        new(
            $"'{name}' is damaged at byte {offset}: records that were written later are whole, so this is no trace of a crash. "
                + "Restore the data directory from a copy."
        );
}
