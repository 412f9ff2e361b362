namespace Selvedge.Streams.Engine;

/// <summary>What the journal says of a record it took in.</summary>
/// <param name="Number">The record's place in the history of the store.</param>
/// <param name="Durable">Completes when the record can no longer be lost; faults when the medium failed.</param>
/// <param name="Generation">The write-ahead file that holds the record; 0 when there are none.</param>
/// <param name="File">That file, when content may be read back from it.</param>
/// <param name="FileOffset">Where in the file the content begins.</param>
internal readonly record struct JournalEntry(long Number, Task Durable, long Generation, BlockFile? File, long FileOffset);
