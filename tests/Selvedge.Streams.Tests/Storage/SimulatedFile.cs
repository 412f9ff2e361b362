using Selvedge.Streams.Storage;

namespace Selvedge.Streams.Tests.Storage;

/// <summary>A file of a <see cref="SimulatedDevice"/>: what is flushed, and what is only written.</summary>
internal sealed class SimulatedFile(SimulatedDevice device, string name) : IStorageFile
{
    private const int Sector = 512;

    // By sector.
    private bool[] _dirty = [];
    private byte[] _current = [];
    private byte[] _flushed = [];

    public string Name { get; } = name;

    public long Length => _current.Length;

    /// <summary>The bytes as they are now, for tests that damage them.</summary>
    public byte[] Bytes => _current;

    public int Read(Span<byte> buffer, long offset)
    {
        if (offset >= _current.Length)
            return 0;
        var count = (int)Math.Min(buffer.Length, _current.Length - offset);
        _current.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        device.CountWrite();
        var end = (int)offset + bytes.Length;
        if (end > _current.Length)
            Array.Resize(ref _current, end);
        bytes.CopyTo(_current.AsSpan((int)offset));
        var behind = (end + Sector - 1) / Sector;
        if (behind > _dirty.Length)
            Array.Resize(ref _dirty, behind);
        _dirty.AsSpan((int)offset / Sector, behind - ((int)offset / Sector)).Fill(true);
    }

    public void WriteOut(long offset, long length) { }

    public void Flush()
    {
        device.CountFlush();
        if (_flushed.Length != _current.Length)
            Array.Resize(ref _flushed, _current.Length);
        for (var sector = 0; sector < _dirty.Length; sector++)
        {
            if (_dirty[sector])
                CopySector(_current, _flushed, sector);
        }

        Array.Clear(_dirty);
    }

    /// <summary>Power is lost: each sector that was not flushed holds the new bytes or the old ones, as chance will have it.</summary>
    public void Crash(Random random)
    {
        // In place: a schedule loses power several times, and copies of every file would cost more than all the rest.
        if (random.Next(2) == 0)
            Array.Resize(ref _flushed, Math.Max(_flushed.Length, _current.Length));
        Array.Resize(ref _current, _flushed.Length);
        for (var sector = 0; sector < _dirty.Length; sector++)
        {
            if (!_dirty[sector])
                continue;
            if (random.Next(2) == 0)
                CopySector(_current, _flushed, sector);
            else
                CopySector(_flushed, _current, sector);
        }

        Array.Clear(_dirty);
    }

    /// <summary>Cuts the file off, as a broken copy would.</summary>
    public void Truncate(int length)
    {
        Array.Resize(ref _current, length);
        _flushed = (byte[])_current.Clone();
    }

    public void Dispose() { }

    private static void CopySector(byte[] from, byte[] to, int sector)
    {
        var start = sector * Sector;
        var length = Math.Min(Sector, Math.Min(from.Length, to.Length) - start);
        if (length > 0)
            from.AsSpan(start, length).CopyTo(to.AsSpan(start));
    }
}
