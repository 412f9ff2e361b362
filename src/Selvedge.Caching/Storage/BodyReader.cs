using System.Buffers;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Storage;

/// <summary>One reader's way through a <see cref="ResponseBody"/>. Used by one request; not thread-safe.</summary>
public sealed class BodyReader : IDisposable
{
    private readonly ResponseBody _body;
    private readonly BodyFilling? _filling;
    private readonly DiskBody? _disk;
    private byte[]? _block;

    internal BodyReader(ResponseBody body, BodyFilling? filling, long start)
    {
        _body = body;
        _filling = filling;
        _disk = filling is null ? body.OnDisk : null;
        filling?.Join(this);
        _disk?.Hold();
        Position = start;
        if (filling is null && _disk is null)
        {
            Offset = (int)Skip(start);
        }
    }

    /// <summary>How much has been read, in bytes.</summary>
    internal long Position { get; set; }

    internal int Segment { get; set; }

    internal int Offset { get; set; }

    /// <summary>
    /// The next piece; empty at the body's end. Waits while there is none yet. The piece is valid until the next call.
    /// </summary>
    /// <exception cref="BrokenBodyException">The body breaks off here.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        if (_filling is { } filling)
        {
            return filling.NextAsync(this, cancellationToken);
        }

        if (_disk is { } disk)
        {
            return Position >= disk.Length
                ? ValueTask.FromResult(ReadOnlyMemory<byte>.Empty)
                : ReadBlockAsync(disk, cancellationToken);
        }

        var piece = _body.PieceAt(Segment++);
        var offset = Math.Min(Offset, piece.Length);
        Offset = 0;
        return ValueTask.FromResult(piece[offset..]);
    }

    /// <summary>Ends reading.</summary>
    public void Dispose()
    {
        _filling?.Leave(this);
        _disk?.Release();
        if (_block is { } block)
        {
            _block = null;
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>What is left of the block in which the reader stands.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> ReadBlockAsync(DiskBody disk, CancellationToken cancellationToken)
    {
        _block ??= ArrayPool<byte>.Shared.Rent(BodyBlocks.Stride);
        var (number, offset) = Math.DivRem(Position, BodyBlocks.Size);
        var count = await disk.ReadBlockAsync(number, _block, cancellationToken);
        Position += count - offset;
        // Where it stands among the pieces in memory has to be found anew.
        Segment = -1;
        return _block.AsMemory((int)offset, count - (int)offset);
    }

    // Goes to the piece that holds a position, and returns the position within it.
    private long Skip(long start)
    {
        while (start > 0 && _body.PieceAt(Segment) is { IsEmpty: false } piece && piece.Length <= start)
        {
            start -= piece.Length;
            Segment++;
        }

        return start;
    }
}
