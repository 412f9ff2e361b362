namespace Selvedge.Streams.Estuaries;

/// <summary>What became of a publish, over all who follow the stream.</summary>
/// <param name="Subscribers">How many followed it.</param>
/// <param name="Delivered">How many have it.</param>
/// <param name="Removed">How many were found to have ended, and follow no more.</param>
/// <param name="Failed">How many could not take it; they are tried again by themselves.</param>
/// <param name="Queued">How many get it after this answer, because they are too many to wait for.</param>
public readonly record struct FanOutCounts(int Subscribers, int Delivered, int Removed, int Failed, int Queued);
