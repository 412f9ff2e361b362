using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>A file of settled content, sorted by stream. Written once, read at any time, deleted when nothing in it is wanted.</summary>
internal sealed class Segment(long number, IStorageFile file)
{
    private long _live;

    public long Number => number;

    public BlockFile Block { get; } = new() { File = file, SegmentNumber = number };

    /// <summary>The bytes in it that streams still point to.</summary>
    public long Live => Interlocked.Read(ref _live);

    public void Count(long bytes) => Interlocked.Add(ref _live, bytes);
}
