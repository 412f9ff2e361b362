using System.Runtime.InteropServices;

namespace Selvedge.Streams.Engine;

/// <summary>A run of a stream's bytes and the place where they are.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Extent
{
    /// <summary>The position of the first byte in the stream.</summary>
    public long Start { get; init; }

    /// <summary>How many bytes.</summary>
    public long Length { get; init; }

    /// <summary>The bytes, when they are held in memory. May have room for more behind <see cref="Length"/>.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>The file that holds the bytes, when memory does not.</summary>
    public BlockFile? File { get; init; }

    /// <summary>Where in the file.</summary>
    public long FileOffset { get; init; }

    /// <summary>The write-ahead file that is the only durable home of the bytes; 0 once they are settled in a segment.</summary>
    public long Generation { get; init; }

    /// <summary>CRC32C of bytes in a write-ahead file. Settled ones have a checksum for each block, beside them.</summary>
    public uint Checksum { get; init; }

    public long End => Start + Length;
}
