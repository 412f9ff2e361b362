namespace Selvedge.Streams.Engine;

/// <summary>What readers of a stream get to see once a record is durable.</summary>
internal readonly record struct VisibleChange(StreamState Stream, long Tail, bool IsClosed, StreamPhase Phase);
