namespace Selvedge.Streams.Subscriptions;

/// <summary>Everything of a stream before an offset is done.</summary>
public sealed record WakeAck(string Stream, string Offset);
