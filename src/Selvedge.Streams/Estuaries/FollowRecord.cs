namespace Selvedge.Streams.Estuaries;

/// <summary>That an estuary follows a stream, as it is stored.</summary>
/// <param name="Estuary">The incarnation of the estuary's stream; another one is another estuary.</param>
/// <param name="Source">The incarnation of the stream it began to follow.</param>
/// <param name="From">Where that stream ended then: what was there before is not delivered.</param>
internal sealed record FollowRecord(ulong Estuary, ulong Source, long From);
