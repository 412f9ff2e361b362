using Selvedge.Streams.Protocol;

namespace Selvedge.Streams;

/// <summary>A request to add bytes to a stream, to close it, or both.</summary>
public readonly record struct AppendToStream
{
    /// <summary>The bytes, in stored form. Empty only together with <see cref="Close"/>.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The type the writer says the bytes have; null when there are none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Close the stream after the bytes.</summary>
    public bool Close { get; init; }

    /// <summary>The writer's claim to be an idempotent producer.</summary>
    public ProducerClaim? Producer { get; init; }

    /// <summary>The writer's coordination value; must be greater, byte by byte, than the last one the stream accepted.</summary>
    public string? Sequence { get; init; }

    /// <summary>
    /// Whether the append counts as a use of the stream, which starts a sliding lifetime again. What a server itself delivers does not:
    /// a stream nobody reads must be able to end.
    /// </summary>
    public StreamUse Use { get; init; } = StreamUse.Touch;

    /// <summary>An append that uses the stream.</summary>
    public AppendToStream() { }
}
