using System.Diagnostics;
using System.Runtime.InteropServices;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Storage;

/// <summary>A body while it arrives: what one fetch appends, many read.</summary>
/// <remarks>
/// A body that outgrows what the cache keeps turns into a window: its beginning is dropped, the fetch waits for the reader
/// that is furthest ahead, and readers who are left behind the window are cut off. So a stalled reader holds nobody, and a
/// body without end costs a bounded amount of memory. A body that is spooled keeps in memory only what its file does not hold yet:
/// whoever is behind that reads from the file, at its own pace.
/// </remarks>
internal sealed class BodyFilling(long? expectedLength)
{
    private const int SmallestSegment = 4 * 1024;
    private const int LargestSegment = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly List<BodyReader> _readers = [];
    private ReadOnlyMemory<byte>[] _segments = [];
    private byte[] _last = [];
    private int _lastLength;
    private int _count;
    private int _dropped;
    private long _droppedBytes;
    private long _length;
    private bool _complete;
    private Exception? _broken;
    private TaskCompletionSource? _more;
    private TaskCompletionSource? _room;
    private DiskBody? _spool;
    private long _spooled;

    /// <summary>The length beyond which its bytes go to disk as they arrive.</summary>
    public long SpoolsBeyond { get; init; } = long.MaxValue;

    /// <summary>How much of it is in memory, in bytes.</summary>
    public long MemoryLength
    {
        get
        {
            lock (_lock)
                return _length - _droppedBytes;
        }
    }

    /// <summary>How much has arrived, in bytes.</summary>
    public long Length
    {
        get
        {
            lock (_lock)
                return _length;
        }
    }

    /// <summary>Lets a reader begin.</summary>
    public void Join(BodyReader reader)
    {
        lock (_lock)
            _readers.Add(reader);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        TaskCompletionSource? more;
        lock (_lock)
        {
            Debug.Assert(!_complete && _broken is null);
            while (!bytes.IsEmpty)
            {
                if (_lastLength == _last.Length)
                    AddSegment_NeedsLock();
                var taken = Math.Min(bytes.Length, _last.Length - _lastLength);
                bytes[..taken].CopyTo(_last.AsSpan(_lastLength));
                bytes = bytes[taken..];
                _lastLength += taken;
                _length += taken;
                _segments[_count - 1] = _last.AsMemory(0, _lastLength);
            }

            (more, _more) = (_more, null);
        }

        more?.SetResult();
    }

    /// <summary>The first bytes can be read from a file from now on and need not be in memory.</summary>
    /// <param name="file">The file; always the same.</param>
    /// <param name="length">How many bytes, in whole blocks.</param>
    public void Spooled(DiskBody file, long length)
    {
        lock (_lock)
        {
            if (_spool is null)
            {
                // For as long as anybody may read. The last to forget this object lets the runtime close the file.
                file.Hold();
                _spool = file;
            }

            _spooled = length;
            var drop = 0;
            while (drop < _count - 1 && _droppedBytes + _segments[drop].Length <= length)
            {
                _droppedBytes += _segments[drop].Length;
                drop++;
            }

            Drop_NeedsLock(drop);
        }
    }

    /// <summary>All has arrived.</summary>
    /// <returns>
    /// The pieces, none of them with room to spare; <see langword="null"/> if some have been dropped.
    /// </returns>
    public byte[][]? Complete()
    {
        TaskCompletionSource? more;
        byte[][]? pieces;
        lock (_lock)
        {
            _complete = true;
            pieces = _dropped > 0 ? null : Array.ConvertAll(_segments[.._count], ToExactArray);
            (more, _more) = (_more, null);
        }

        more?.SetResult();
        return pieces;
    }

    /// <summary>No more will arrive, though there should.</summary>
    public void Break(Exception reason)
    {
        TaskCompletionSource? more;
        lock (_lock)
        {
            _broken = reason;
            (more, _more) = (_more, null);
        }

        more?.SetResult();
    }

    /// <summary>
    /// Drops the beginning so that at most <paramref name="window"/> bytes are kept, once the reader furthest ahead has come
    /// close enough to the end.
    /// </summary>
    /// <returns><see langword="false"/> if nobody reads any more.</returns>
    public async ValueTask<bool> MakeRoomAsync(long window, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_lock)
            {
                if (_readers.Count == 0)
                    return false;
                if (_length - _droppedBytes <= window)
                    return true;
                if (_readers.Max(reader => reader.Position) >= _length - (window / 2))
                {
                    DropBeginning_NeedsLock(window / 2);
                    return true;
                }

                room = (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    /// <summary>What follows a segment and offset within it; empty at the end of the body.</summary>
    public ValueTask<ReadOnlyMemory<byte>> NextAsync(BodyReader reader, CancellationToken cancellationToken)
    {
        TaskCompletionSource? room;
        DiskBody? spool = null;
        lock (_lock)
        {
            if (reader.Position < _droppedBytes && reader.Position < _spooled)
                spool = _spool;
            else if (TryNext_NeedsLock(reader, out var next))
            {
                (room, _room) = (_room, null);
                room?.SetResult();
                return ValueTask.FromResult(next);
            }
            else if (_complete)
                return ValueTask.FromResult(ReadOnlyMemory<byte>.Empty);
            else if (_broken is { } reason)
                return ValueTask.FromException<ReadOnlyMemory<byte>>(
                    new BrokenBodyException("The origin broke off its response.", reason)
                );
            else
            {
                _more ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                return WaitAsync(_more.Task, reader, cancellationToken);
            }
        }

        return reader.ReadBlockAsync(spool!, cancellationToken);
    }

    public void Leave(BodyReader reader)
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            _readers.Remove(reader);
            (room, _room) = (_room, null);
        }

        room?.SetResult();
    }

    private async ValueTask<ReadOnlyMemory<byte>> WaitAsync(Task more, BodyReader reader, CancellationToken cancellationToken)
    {
        await more.WaitAsync(cancellationToken);
        return await NextAsync(reader, cancellationToken);
    }

    private bool TryNext_NeedsLock(BodyReader reader, out ReadOnlyMemory<byte> next)
    {
        next = default;
        if (reader.Position < _droppedBytes)
            throw new BrokenBodyException("The reader is too slow for a body that is not kept.");

        if (reader.Segment < _dropped)
            Locate_NeedsLock(reader);
        for (var at = reader.Segment - _dropped; at < _count; at++, reader.Segment++, reader.Offset = 0)
        {
            if (reader.Offset < _segments[at].Length)
            {
                next = _segments[at][reader.Offset..];
                reader.Offset = _segments[at].Length;
                reader.Position += next.Length;
                return true;
            }

            if (at == _count - 1)
                break;
        }

        return false;
    }

    // It has read dropped segments, or the file, up to somewhere in what is kept.
    private void Locate_NeedsLock(BodyReader reader)
    {
        (reader.Segment, reader.Offset) = (_dropped, (int)(reader.Position - _droppedBytes));
        while (reader.Segment - _dropped < _count - 1 && reader.Offset >= _segments[reader.Segment - _dropped].Length)
        {
            reader.Offset -= _segments[reader.Segment - _dropped].Length;
            reader.Segment++;
        }
    }

    private void AddSegment_NeedsLock()
    {
        var wanted =
            _count == 0 && expectedLength is { } expected ? Math.Max(1, expected)
            : expectedLength is { } total ? Math.Max(SmallestSegment, total - _length)
            : _length;
        _last = GC.AllocateUninitializedArray<byte>(
            (int)Math.Clamp(wanted, _count == 0 && expectedLength > 0 ? 1 : SmallestSegment, LargestSegment)
        );
        _lastLength = 0;
        if (_count == _segments.Length)
            Array.Resize(ref _segments, Math.Max(_count == 0 ? 1 : 4, _count * 2));
        _segments[_count++] = default;
    }

    private void DropBeginning_NeedsLock(long keep)
    {
        var drop = 0;
        while (drop < _count - 1 && _length - _droppedBytes - _segments[drop].Length >= keep)
        {
            _droppedBytes += _segments[drop].Length;
            drop++;
        }

        Drop_NeedsLock(drop);
    }

    private void Drop_NeedsLock(int count)
    {
        if (count > 0)
        {
            _segments = _segments[count..];
            _count -= count;
            _dropped += count;
        }
    }

    private static byte[] ToExactArray(ReadOnlyMemory<byte> segment) =>
        MemoryMarshal.TryGetArray(segment, out var array) && array.Array!.Length == array.Count ? array.Array : segment.ToArray();
}
