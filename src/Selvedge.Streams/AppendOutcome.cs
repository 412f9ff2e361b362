namespace Selvedge.Streams;

/// <summary>What became of an append or a close.</summary>
public enum AppendOutcome
{
    /// <summary>The bytes are in the stream, and it is closed if that was asked.</summary>
    Appended,

    /// <summary>It had been done before: a retry of a producer, or a close of what is closed.</summary>
    Duplicate,

    /// <summary>No stream has that name.</summary>
    NotFound,

    /// <summary>The stream is deleted and kept only for its forks.</summary>
    Gone,

    /// <summary>The stream is closed.</summary>
    Closed,

    /// <summary>The bytes have another type than the stream.</summary>
    ContentTypeMismatch,

    /// <summary>The coordination value is not greater than the last.</summary>
    SequenceRegression,

    /// <summary>A newer incarnation of the producer has written: <see cref="AppendResult.Epoch"/> is its epoch.</summary>
    StaleEpoch,

    /// <summary>A new epoch must begin with sequence 0.</summary>
    EpochStart,

    /// <summary>The producer skipped a sequence: <see cref="AppendResult.ProducerSequence"/> is the one expected.</summary>
    SequenceGap,

    /// <summary>The stream would grow past the largest position.</summary>
    StreamFull,

    /// <summary>More is waiting to be written than the store will hold. Try again.</summary>
    Overloaded,
}
