using System.Buffers;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>Reads a long body from its blocks.</summary>
internal sealed class DiskBodyStream : Stream
{
    private readonly DiskBody _body;
    private byte[]? _block = ArrayPool<byte>.Shared.Rent(BodyBlocks.Stride);
    private long _blockNumber = -1;
    private int _blockLength;
    private long _position;

    public DiskBodyStream(DiskBody body)
    {
        _body = body;
        body.Hold();
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _body.Length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_block is null, this);
        if (_position >= _body.Length || buffer.IsEmpty)
        {
            return 0;
        }

        var (number, offset) = Math.DivRem(_position, BodyBlocks.Size);
        if (number != _blockNumber)
        {
            _blockNumber = -1;
            _blockLength = await _body.ReadBlockAsync(number, _block, cancellationToken);
            _blockNumber = number;
        }

        var count = Math.Min(buffer.Length, _blockLength - (int)offset);
        _block.AsMemory((int)offset, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Read it asynchronously: a disk makes one wait.");

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => Length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _block is { } block)
        {
            _block = null;
            ArrayPool<byte>.Shared.Return(block);
            _body.Release();
        }

        base.Dispose(disposing);
    }
}
