namespace Selvedge.Streams.Engine;

/// <summary>The journal of a store that keeps nothing beyond the process: everything is as durable as it will be at once.</summary>
internal sealed class MemoryJournal : IStreamJournal
{
    private long _last;

    public int MaxContent => int.MaxValue;

    public bool TryWrite(in JournalRecord record, in VisibleChange change, out JournalEntry entry)
    {
        entry = new JournalEntry(Interlocked.Increment(ref _last), Task.CompletedTask, Generation: 0, File: null, FileOffset: 0);
        change.Stream.Publish(change);
        return true;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
