namespace Selvedge.Streams.Subscriptions;

/// <summary>What a subscriber says about a wake.</summary>
/// <param name="WakeId">Which wake it means.</param>
/// <param name="Generation">And which generation.</param>
/// <param name="Acks">How far it has come, stream by stream.</param>
/// <param name="Done">It works on it no more.</param>
public sealed record WakeAnswer(string? WakeId, long? Generation, IReadOnlyList<WakeAck> Acks, bool Done);
