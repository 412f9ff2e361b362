namespace Selvedge.Streams.Engine;

/// <summary>Takes in the changes of streams, in order, and makes them durable.</summary>
internal interface IStreamJournal : IAsyncDisposable
{
    /// <summary>The most bytes one record may carry.</summary>
    int MaxContent { get; }

    /// <summary>
    /// Takes in a record. Called under the lock of the stream it is about, so the order of calls is the order of the stream's history.
    /// When the record is durable the change is published (<see cref="StreamState.Publish"/>), and then the entry's task completes.
    /// </summary>
    /// <returns>False when too much is waiting already; nothing has happened then. A record without content is always taken in.</returns>
    bool TryWrite(in JournalRecord record, in VisibleChange change, out JournalEntry entry);
}
