using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Engine;

/// <summary>One change of one stream, complete: replaying the records in order gives the same streams again.</summary>
internal readonly ref struct JournalRecord
{
    public RecordKind Kind { get; init; }
    public ulong StreamId { get; init; }

    /// <summary>When it happened, Unix milliseconds.</summary>
    public long Time { get; init; }

    /// <summary>The position of the first byte of <see cref="Content"/>.</summary>
    public long Position { get; init; }

    /// <summary>The stream is closed behind the content.</summary>
    public bool IsClosed { get; init; }

    public ProducerClaim? Producer { get; init; }
    public string? Sequence { get; init; }

    /// <summary>For <see cref="RecordKind.Create"/>.</summary>
    public string? Name { get; init; }
    public StreamConfig? Config { get; init; }
    public ulong ParentId { get; init; }

    public ReadOnlySpan<byte> Content { get; init; }
}
