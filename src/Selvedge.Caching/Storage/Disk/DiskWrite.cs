using System.Buffers;
using System.Text;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>An entry while it is written. It is there for others once it is committed, and not at all before.</summary>
/// <remarks>
/// A fault of the disk never throws: the write is given up, what was there before stays, and <see cref="CommitAsync"/> says so.
/// For one writer at a time.
/// </remarks>
public sealed class DiskWrite : IAsyncDisposable
{
    private readonly DiskStore _store;
    private byte[] _block = [];
    private int _count;
    private long _blocks;
    private long _reserved;
    private bool _ended;

    internal DiskWrite(DiskStore store, string key)
    {
        _store = store;
        Key = key;
        Id = EntryId.Of(key);
    }

    /// <summary>Whether it was given up, because of a fault or because it is larger than the store takes.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>How much was written, in bytes.</summary>
    public long Length => (_blocks * BodyBlocks.Size) + _count;

    internal string Key { get; }

    internal EntryId Id { get; }

    /// <summary>The body's file; <see langword="null"/> as long as it needs none.</summary>
    internal DiskBody? Body { get; private set; }

    /// <summary>How much of the body can be read from <see cref="Body"/>.</summary>
    internal long Readable => Body is null ? 0 : _blocks * BodyBlocks.Size;

    /// <summary>Appends to the body.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        while (!bytes.IsEmpty && !HasFailed)
        {
            if (_count == BodyBlocks.Size)
            {
                await WriteBlockAsync();
                continue;
            }

            MakeRoom(bytes.Length);
            var taken = Math.Min(bytes.Length, BodyBlocks.Size - _count);
            bytes[..taken].CopyTo(_block.AsMemory(_count));
            bytes = bytes[taken..];
            _count += taken;
        }
    }

    /// <summary>Puts the entry in the place of the one that had its key, in one step.</summary>
    /// <param name="head">What is to be found with the body; up to 1 MiB.</param>
    /// <returns><see langword="false"/> if it was given up; then what was there before stays.</returns>
    public async ValueTask<bool> CommitAsync(ReadOnlyMemory<byte> head)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        var length = Length;
        if (Body is not null && _count > 0 && !HasFailed)
        {
            await WriteBlockAsync();
        }

        if (HasFailed)
        {
            return false;
        }

        _ended = await _store.CommitAsync(this, ComposeEntry(head, length), length);
        if (_ended && Body is { } body)
        {
            body.Length = length;
        }

        HasFailed = !_ended;
        return _ended;
    }

    /// <summary>Gives the entry up, unless it was committed.</summary>
    public ValueTask DisposeAsync()
    {
        if (Body is { } body)
        {
            Body = null;
            body.Release();
            if (!_ended)
            {
                _store.Discard(Id, body.Sequence);
            }
        }

        _store.Index.Release(_reserved);
        _reserved = 0;
        if (_block.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_block);
            _block = [];
        }

        _ended = true;
        return ValueTask.CompletedTask;
    }

    private async ValueTask WriteBlockAsync()
    {
        try
        {
            var written = _count + sizeof(uint);
            if (!_store.TryReserve(written) || _reserved + written > _store.Index.LargestEntry)
            {
                HasFailed = true;
                return;
            }

            _reserved += written;
            if (Body is null)
            {
                var sequence = _store.NextSequence();
                _store.MakeShard(Id);
                var file = _store.Files.Create(_store.Layout.BodyOf(Id, sequence));
                Body = new DiskBody(file, sequence, long.MaxValue, damaged: () => { });
            }

            MakeRoom(sizeof(uint));
            BodyBlocks.Seal(_block, _count, Body.Sequence, _blocks);
            await _store.Files.WriteAsync(Body.File, _block.AsMemory(0, written), _blocks * BodyBlocks.Stride);
            _blocks++;
            _count = 0;
        }
        catch (Exception exception) when (DiskStore.IsFault(exception))
        {
            HasFailed = true;
            _store.Report(exception, Key);
        }
    }

    private byte[] ComposeEntry(ReadOnlyMemory<byte> head, long length)
    {
        var header = new EntryHeader(Encoding.UTF8.GetByteCount(Key), head.Length, length, Body?.Sequence ?? 0);
        var entry = new byte[header.FileLength];
        Encoding.UTF8.GetBytes(Key, entry.AsSpan(EntryHeader.Size));
        head.CopyTo(entry.AsMemory(EntryHeader.Size + header.KeyLength));
        if (Body is null)
        {
            _block.AsSpan(0, _count).CopyTo(entry.AsSpan(entry.Length - _count));
        }

        header.Write(entry);
        return entry;
    }

    private void MakeRoom(int more)
    {
        var wanted = Math.Min(_count + more, BodyBlocks.Stride);
        if (wanted <= _block.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(Math.Max(wanted, 2 * _block.Length), BodyBlocks.Stride));
        _block.AsSpan(0, _count).CopyTo(larger);
        if (_block.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_block);
        }

        _block = larger;
    }
}
