namespace Selvedge.Streams;

/// <summary>The answer to <see cref="AppendToStream"/>.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Tail">The position behind the last byte, of the appended bytes if they were.</param>
/// <param name="IsClosed">The stream is closed.</param>
/// <param name="Epoch">The producer's present epoch, where there is a producer.</param>
/// <param name="ProducerSequence">The highest sequence accepted of it; for a gap, the one expected.</param>
public readonly record struct AppendResult(
    AppendOutcome Outcome,
    long Tail = 0,
    bool IsClosed = false,
    long Epoch = 0,
    long ProducerSequence = 0
);
