using System.Diagnostics;
using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>Takes records in, writes them in groups, and tells everybody once a group is flushed.</summary>
/// <remarks>
/// Whoever adds a record joins the group that is open. One thread takes the open group, writes it, flushes once, and completes it; what
/// came meanwhile is the next group. So one flush serves as many appends as arrive during the flush before. While the thread flushes a
/// group, another shows the one before to readers and lets its answers go out; one at a time, so that a stream never seems to shrink.
/// After a failed write or flush nothing is ever written again: what the medium holds is known only to a fresh start.
/// </remarks>
internal sealed class WriteAheadLog : IStreamJournal, IThreadPoolWorkItem
{
    private readonly WalFiles _files;
    private readonly LogSettings _settings;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);

    // Guarded by the gate.
    private readonly Queue<CommitGroup> _sealed = new();
    private readonly Queue<CommitGroup> _flushed = new();
    private CommitGroup _open;
    private Task _lastDurable = Task.CompletedTask;
    private long _next;
    private long _pendingBytes;
    private int _unsettled;
    private bool _idle = true;
    private bool _publishing;
    private Exception? _failure;

    // Touched by the committing thread only.
    private WalFile _writing;

    /// <summary>Begins a log, or goes on with one in a new file.</summary>
    /// <param name="files">Where write-ahead files come from.</param>
    /// <param name="settings">The sizes.</param>
    /// <param name="generation">The first file to write.</param>
    /// <param name="next">The number of the first record.</param>
    public WriteAheadLog(WalFiles files, LogSettings settings, long generation, long next)
    {
        _files = files;
        _settings = settings;
        _next = next;
        _writing = new WalFile(generation);
        _open = new CommitGroup(_writing, WalHeader.Size, next);

        // The file exists before anything says that the log goes on in it, so a missing file is always a loss.
        _writing.Block.File = files.Begin(new WalHeader(generation, next));
    }

    public int MaxContent => _settings.MaxContent;

    /// <summary>Called once, with the reason, when the medium has failed.</summary>
    public Action<Exception>? Failed { get; set; }

    /// <summary>Measures flushes; the system's clock if left out.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Has work done on another thread, or at once: groups are published by it and answers go out.</summary>
    public required Action<IThreadPoolWorkItem> Schedule { get; init; }

    /// <summary>Called after every flush, with the timestamp of its start and the number of records.</summary>
    public Action<long, int>? Committed { get; init; }

    /// <summary>Called with every full file, once all of it is durable.</summary>
    public Action<WalFile>? Filled { get; set; }

    public bool TryWrite(in JournalRecord record, in VisibleChange change, out JournalEntry entry)
    {
        var maxSize = RecordCodec.MaxSize(record);
        bool wake;
        lock (_gate)
        {
            if (_failure is not null)
                throw Refusal(_failure);
            entry = default;
            if (!record.Content.IsEmpty && !HasRoom_NeedsLock(record.Content.Length))
                return false;
            if (!Fits_NeedsLock(maxSize))
                OpenGroup_NeedsLock(maxSize);

            var group = _open;
            var contentOffset = group.Add(record, change, maxSize);
            _pendingBytes += record.Content.Length;
            _lastDurable = group.Durable;
            NoteContent(group.File, record, change.Stream);
            entry = new JournalEntry(_next++, group.Durable, group.File.Generation, group.File.Block, contentOffset);
            wake = _idle;
            _idle = false;
        }

        if (wake)
            _work.Release();
        return true;
    }

    /// <summary>Blocks until there may be something to commit.</summary>
    public void WaitForWork(CancellationToken cancellationToken) => _work.Wait(cancellationToken);

    /// <summary>Writes and flushes the next group.</summary>
    /// <returns>False when there was nothing to write, or the medium has failed.</returns>
    public bool CommitNext()
    {
        CommitGroup? group;
        lock (_gate)
        {
            if (_failure is not null)
                return false;
            if (!_sealed.TryDequeue(out group))
            {
                if (_open.Count == 0)
                {
                    _idle = true;
                    return false;
                }

                OpenGroup_NeedsLock(0);
                group = _sealed.Dequeue();
            }
        }

        try
        {
            Commit(group);
            return true;
        }
        catch (Exception exception)
        {
            Fail(exception);
            group.Fail(Refusal(exception), Schedule);
            return false;
        }
    }

    /// <summary>Publishes what has been flushed.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        while (NextFlushed() is { } group)
        {
            // Readers first, then the writer: whoever reads after an answer finds what it answered for.
            foreach (var change in group.Changes)
                change.Stream.Publish(change);
            group.Complete(Schedule);
        }
    }

    /// <summary>Completes when everything taken in so far is durable.</summary>
    public Task WhenDurable()
    {
        lock (_gate)
            return _lastDurable;
    }

    /// <summary>A full file has been settled, so there is room for another.</summary>
    public void FileSettled()
    {
        lock (_gate)
            _unsettled--;
    }

    /// <summary>Full files that wait to be settled from before the start count like those filled since.</summary>
    public void CountUnsettled(int files)
    {
        lock (_gate)
            _unsettled += files;
    }

    /// <summary>Stops for good. Everybody who waits for durability is told, and everybody who comes.</summary>
    public void Fail(Exception exception)
    {
        List<CommitGroup> waiting;
        lock (_gate)
        {
            if (_failure is not null)
                return;
            _failure = exception;
            waiting = [.. _sealed, _open];
            _sealed.Clear();
        }

        foreach (var group in waiting)
            group.Fail(Refusal(exception), Schedule);
        Failed?.Invoke(exception);
    }

    public ValueTask DisposeAsync()
    {
        _work.Dispose();
        _writing.Block.File.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Commit(CommitGroup group)
    {
        if (group.File != _writing)
            BeginFile(group);
        var started = Time.GetTimestamp();
        var file = group.File.Block.File;
        file.Write(group.Seal(), group.Start);
        file.Flush();
        Committed?.Invoke(started, group.Count);

        lock (_gate)
        {
            _flushed.Enqueue(group);
            if (_publishing)
                return;
            _publishing = true;
        }

        Schedule(this);
    }

    private CommitGroup? NextFlushed()
    {
        lock (_gate)
        {
            _publishing = _flushed.TryDequeue(out var group);
            _pendingBytes -= group?.ContentLength ?? 0;
            return group;
        }
    }

    private void BeginFile(CommitGroup group)
    {
        var full = _writing;
        group.File.Block.File = _files.Begin(new WalHeader(group.File.Generation, group.First));
        _writing = group.File;
        Filled?.Invoke(full);
    }

    // A record too large for what may wait is still taken when nothing else waits.
    private bool HasRoom_NeedsLock(int bytes) =>
        _unsettled <= _settings.MaxUnsettled && (_pendingBytes == 0 || _pendingBytes + bytes <= _settings.MaxPendingBytes);

    private bool Fits_NeedsLock(int maxSize)
    {
        var size = _open.SizeWith(sizeof(int) + maxSize);
        return _open.Start + size <= _settings.WalBytes && (_open.Count == 0 || size <= _settings.MaxGroupBytes);
    }

    /// <summary>Closes the open group to newcomers and opens the next, in another file if <paramref name="maxSize"/> asks for it.</summary>
    private void OpenGroup_NeedsLock(int maxSize)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread);
        var previous = _open;
        var file = previous.File;
        var start = previous.Count == 0 ? previous.Start : previous.Start + previous.Size;
        if (previous.Count == 0)
            previous.Release();
        else
            _sealed.Enqueue(previous);

        if (start + Frame.Align(Frame.HeaderSize + sizeof(int) + maxSize) > _settings.WalBytes)
        {
            file = new WalFile(file.Generation + 1);
            start = WalHeader.Size;
            _unsettled++;
        }

        _open = new CommitGroup(file, start, _next);
    }

    // Under the lock of the stream and the gate.
    private static void NoteContent(WalFile file, in JournalRecord record, StreamState stream)
    {
        if (record.Content.IsEmpty)
            return;
        file.ContentLength += record.Content.Length;
        if (stream.LastGeneration == file.Generation)
            return;
        stream.LastGeneration = file.Generation;
        file.Touched.Add(stream);
    }

    private static StreamStoreException Refusal(Exception reason) =>
        new($"The log cannot be written any more: {reason.Message}", reason);
}
