using System.Buffers;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Storage;

/// <summary>Brings an origin's body to those who read it and to where it is kept: memory, or disk if it is long.</summary>
/// <remarks>A body that fits nowhere, or whose disk has a fault, becomes a window for those who are reading it.</remarks>
internal sealed class BodyFiller(MemoryStore memory, DiskTier? disk, long window, string key, StoredResponse response)
    : IAsyncDisposable
{
    private const int ReadSize = 64 * 1024;
    private const int MeasureEvery = 1024 * 1024;

    private readonly ResponseBody _body = response.Body;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
    private bool _isKept = true;
    private DiskWrite? _spool;
    private long _measured;

    /// <summary>Reads the body to its end.</summary>
    /// <exception cref="BrokenBodyException">It is not whole, or nobody wants it.</exception>
    public async Task FillAsync(OriginReply reply, CancellationToken cancellationToken)
    {
        while (await reply.Body.ReadAsync(_buffer, cancellationToken) is var count and > 0)
        {
            _body.Append(_buffer.AsSpan(0, count));
            if (_isKept)
            {
                await KeepAsync(count);
            }

            if (!_isKept && !await _body.MakeRoomAsync(window, cancellationToken))
            {
                throw new BrokenBodyException("Nobody reads it any more, and it is too large to keep.");
            }
        }

        if (reply.ContentLength is { } declared && _body.Length != declared)
        {
            throw new BrokenBodyException($"It has {_body.Length} bytes, and declared {declared}.");
        }

        _body.Complete();
        if (_spool is not null)
        {
            await EndSpoolAsync(_spool);
        }
        else
        {
            memory.Resize(key, response);
        }
    }

    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        if (_spool is not null)
        {
            await _spool.DisposeAsync();
        }
    }

    private async ValueTask KeepAsync(int count)
    {
        if (_spool is not null)
        {
            await _spool.WriteAsync(_buffer.AsMemory(0, count));
        }
        else if (disk is not null && _body.Length > disk.LargeBody)
        {
            _spool = await disk.SpoolAsync(key, response);
        }

        if (_spool is { Body: { } file } spool)
        {
            _body.Spooled(file, spool.Readable);
        }

        if (_spool is { HasFailed: true } || _body.MemoryLength > memory.LargestBody)
        {
            _isKept = false;
            memory.Remove(key, response);
        }
        else if (_body.MemoryLength - _measured >= MeasureEvery)
        {
            _measured = _body.MemoryLength;
            memory.Resize(key, response);
        }
    }

    private async Task EndSpoolAsync(DiskWrite spool)
    {
        if (_isKept && await disk!.CommitAsync(key, response, spool) && spool.Body is { } file)
        {
            _body.CompleteOnDisk(file);
        }

        // Whoever asks from now on finds it on disk.
        memory.Remove(key, response);
    }
}
