namespace Selvedge.Caching.Storage.Disk;

/// <summary>What a <see cref="DiskIndex"/> knows of an entry. Its index locks.</summary>
internal sealed class DiskSlot(EntryId id, long bytes, long bodySequence)
{
    private const byte MostUses = 3;
    private const long Block = 4096;

    private byte _uses;

    public EntryId Id => id;

    /// <summary>What its files take on disk.</summary>
    public long Bytes => bytes;

    /// <summary>The sequence of its body's file; 0 if it has none.</summary>
    public long BodySequence => bodySequence;

    public bool InMain { get; set; }

    /// <summary>Whether it left the index. It stays in its queue until its turn comes.</summary>
    public bool IsGone { get; set; }

    /// <summary>What files of these lengths take on disk.</summary>
    public static long BytesOf(long entryLength, long bodyLength) => RoundUp(entryLength) + RoundUp(bodyLength);

    public void Touch()
    {
        if (_uses < MostUses)
        {
            _uses++;
        }
    }

    public bool TakeUse()
    {
        if (_uses == 0)
        {
            return false;
        }

        _uses--;
        return true;
    }

    private static long RoundUp(long length) => (length + Block - 1) / Block * Block;
}
