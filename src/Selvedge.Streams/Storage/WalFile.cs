using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>One write-ahead file, from the first byte given out in it until its content is settled in a segment.</summary>
internal sealed class WalFile(long generation)
{
    public long Generation => generation;

    public BlockFile Block { get; } = new();

    /// <summary>The streams that have content here. Guarded by the log's lock until the file is full, then its settler's.</summary>
    public List<StreamState> Touched { get; } = [];

    /// <summary>The bytes of content here.</summary>
    public long ContentLength { get; set; }
}
