using System.Diagnostics;
using Selvedge.Streams.Storage;

namespace Selvedge.Streams.Engine;

/// <summary>Where the bytes of one stream are, in the order of the stream. Guarded by the stream's lock.</summary>
/// <remarks>
/// Small appends are gathered in memory chunks that double up to <see cref="MaxChunk"/>; an idle stream holds little more than its
/// bytes. A chunk belongs to one generation, so that flushing a write-ahead file frees whole chunks.
/// </remarks>
internal sealed class ExtentList
{
    /// <summary>Content from this size on is read back from the write-ahead file and not kept in memory.</summary>
    public const int KeptInFile = 16 * 1024;

    private const int MinChunk = 128;
    private const int MaxChunk = 64 * 1024;

    private Extent[] _items = [];
    private int _count;

    public ReadOnlySpan<Extent> Items => _items.AsSpan(0, _count);

    /// <summary>Adds content that the journal has taken in.</summary>
    public void Append(long start, ReadOnlySpan<byte> content, in JournalEntry entry)
    {
        if (entry.File is not null && content.Length >= KeptInFile)
        {
            Add(
                new Extent
                {
                    Start = start,
                    Length = content.Length,
                    File = entry.File,
                    FileOffset = entry.FileOffset,
                    Generation = entry.Generation,
                    Checksum = Checksum.Of(content),
                }
            );
            return;
        }

        if (_count > 0)
        {
            // The bytes behind Length have never been visible to anyone, so they can be written while readers copy the rest.
            ref var last = ref _items[_count - 1];
            if (
                last.Bytes is not null
                && last.Generation == entry.Generation
                && last.Bytes.Length - last.Length >= content.Length
            )
            {
                Debug.Assert(last.End == start);
                content.CopyTo(last.Bytes.AsSpan((int)last.Length));
                last = last with { Length = last.Length + content.Length };
                return;
            }
        }

        var previous = _count > 0 && _items[_count - 1].Bytes is { } bytes ? bytes.Length : MinChunk / 2;
        var chunk = GC.AllocateUninitializedArray<byte>(Math.Max(content.Length, Math.Min(previous * 2, MaxChunk)));
        content.CopyTo(chunk);
        Add(
            new Extent
            {
                Start = start,
                Length = content.Length,
                Bytes = chunk,
                Generation = entry.Generation,
            }
        );
    }

    /// <summary>Adds an extent that is already where it belongs.</summary>
    public void Add(in Extent extent)
    {
        if (_count == _items.Length)
            Array.Resize(ref _items, Math.Max(1, _count * 2));
        _items[_count++] = extent;
    }

    /// <summary>The extent that holds <paramref name="position"/>; its file is pinned for the caller.</summary>
    public bool TryPin(long position, out Extent extent)
    {
        extent = default;
        var low = 0;
        var high = _count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            ref var item = ref _items[middle];
            if (position < item.Start)
            {
                high = middle - 1;
            }
            else if (position >= item.End)
            {
                low = middle + 1;
            }
            else
            {
                extent = item;
                extent.File?.Pin();
                return true;
            }
        }

        return false;
    }

    /// <summary>The extents of a generation, which are next to each other.</summary>
    public ReadOnlySpan<Extent> OfGeneration(long generation)
    {
        var first = 0;
        while (first < _count && _items[first].Generation != generation)
            first++;
        var end = first;
        while (end < _count && _items[end].Generation == generation)
            end++;
        return _items.AsSpan(first, end - first);
    }

    /// <summary>Puts one settled extent in the place of those of a generation, which are next to each other.</summary>
    public void Settle(long generation, in Extent settled)
    {
        var first = Array.FindIndex(_items, 0, _count, item => item.Generation == generation);
        var end = first + OfGeneration(generation).Length;
        Splice(first, end - first, settled);
    }

    /// <summary>Puts one extent in the place of settled ones that are next to each other.</summary>
    public void Replace(IReadOnlyList<Extent> settled, in Extent merged)
    {
        var first = Array.IndexOf(_items, settled[0], 0, _count);
        Debug.Assert(_items[first + settled.Count - 1] == settled[^1]);
        Splice(first, settled.Count, merged);
    }

    public void Clear()
    {
        _items = [];
        _count = 0;
    }

    private void Splice(int first, int count, in Extent extent)
    {
        Debug.Assert(_items[first].Start == extent.Start && _items[first + count - 1].End == extent.End);
        var kept = new Extent[_count - count + 1];
        Array.Copy(_items, kept, first);
        kept[first] = extent;
        Array.Copy(_items, first + count, kept, first + 1, _count - first - count);
        _items = kept;
        _count = kept.Length;
    }
}
