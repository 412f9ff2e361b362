namespace Selvedge.Streams;

/// <summary>The answer to a lookup.</summary>
/// <param name="Presence">Whether there is a stream.</param>
/// <param name="Stream">The stream, when it is <see cref="StreamPresence.Found"/>.</param>
public readonly record struct StreamLookup(StreamPresence Presence, StreamInfo? Stream);
