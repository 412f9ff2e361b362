namespace Selvedge.Streams;

/// <summary>A request to make a stream, or to confirm that it is there.</summary>
public sealed record CreateStream
{
    /// <summary>What to make it with. For a fork, the type and the lifetime are resolved against the source by the caller.</summary>
    public required StreamConfig Config { get; init; }

    /// <summary>The first bytes, in stored form.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Make it closed: the content is all there will ever be.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The incarnation of the source the fork was resolved against; a source that is another one by now is not found.</summary>
    public ulong ForkSourceId { get; init; }
}
