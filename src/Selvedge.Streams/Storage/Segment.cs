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

    /// <summary>Something in it is not what was written. It is left alone, so that a copy of the directory can still be compared with it.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Notes damage.</summary>
    /// <returns>True the first time.</returns>
    public bool NoteDamage()
    {
        var isNews = !IsDamaged;
        IsDamaged = true;
        return isNews;
    }

    public void Count(long bytes) => Interlocked.Add(ref _live, bytes);
}
