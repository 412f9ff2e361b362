namespace Selvedge.Streams.Estuaries;

/// <summary>An estuary as it is at one moment.</summary>
/// <param name="Id">Its name, which is its stream's too.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Streams">The streams it follows, in the order of their ids.</param>
public sealed record EstuaryView(string Id, StreamInfo Stream, IReadOnlyList<string> Streams);
