using System.Text;

namespace Selvedge.Caching.Storage.Disk;

// Writing: a body in a file of its own if it is long, then the entry that makes it visible, in one step.
public sealed partial class DiskStore
{
    /// <summary>Begins to write an entry. The write must be disposed; without a commit it leaves nothing behind.</summary>
    public DiskWrite BeginWrite(string key) => new(this, key);

    /// <summary>Writes a new head for an entry whose body stays as it is, and is not copied if it is long.</summary>
    /// <returns><see langword="false"/> if the entry is no longer there, or the disk has a fault.</returns>
    public async ValueTask<bool> RenewAsync(DiskEntry entry, ReadOnlyMemory<byte> head)
    {
        if (entry.Body is not { } body)
        {
            await using var write = BeginWrite(entry.Key);
            await write.WriteAsync(entry.InlineBody!.Value);
            return await write.CommitAsync(head);
        }

        return await RenewAsync(entry.Key, body, head);
    }

    internal long NextSequence() => Interlocked.Increment(ref _sequence);

    internal void MakeShard(EntryId id)
    {
        if (_shards[id.Shard])
        {
            return;
        }

        Directory.CreateDirectory(Layout.ShardOf(id.Shard));
        if (_options.Durable)
        {
            Files.FlushDirectory(Layout.Root);
        }

        _shards[id.Shard] = true;
    }

    internal bool TryReserve(long bytes)
    {
        if (!Index.TryReserve(bytes))
        {
            return false;
        }

        DeleteAll(Index.Evict());
        return true;
    }

    internal ValueTask<bool> CommitAsync(DiskWrite write, byte[] entry, long length)
    {
        if (write.Body is { } body && _options.Durable)
        {
            try
            {
                Files.Flush(body.File);
            }
            catch (Exception exception) when (IsFault(exception))
            {
                Report(exception, write.Key);
                return ValueTask.FromResult(false);
            }
        }

        return CommitAsync(write.Key, write.Id, entry, length, write.Body?.Sequence ?? 0, isRenewal: false);
    }

    internal ValueTask<bool> RenewAsync(string key, DiskBody body, ReadOnlyMemory<byte> head)
    {
        var header = new EntryHeader(Encoding.UTF8.GetByteCount(key), head.Length, body.Length, body.Sequence);
        var bytes = new byte[header.FileLength];
        Encoding.UTF8.GetBytes(key, bytes.AsSpan(EntryHeader.Size));
        head.CopyTo(bytes.AsMemory(EntryHeader.Size + header.KeyLength));
        header.Write(bytes);
        return CommitAsync(key, EntryId.Of(key), bytes, body.Length, body.Sequence, isRenewal: true);
    }

    internal void Discard(EntryId id, long sequence) => TryDelete(Layout.BodyOf(id, sequence));

    private async ValueTask<bool> CommitAsync(
        string key,
        EntryId id,
        byte[] entry,
        long bodyLength,
        long bodySequence,
        bool isRenewal
    )
    {
        var bytes = DiskSlot.BytesOf(entry.Length, bodySequence == 0 ? 0 : BodyBlocks.FileLength(bodyLength));
        if (bytes > Index.LargestEntry)
        {
            return false;
        }

        var temporary = Layout.TemporaryOf(NextSequence());
        try
        {
            using (var file = Files.Create(temporary))
            {
                await Files.WriteAsync(file, entry, 0);
                if (_options.Durable)
                {
                    Files.Flush(file);
                }
            }

            lock (StripeOf(id))
            {
                if (isRenewal && Index.Find(id, touch: false)?.BodySequence != bodySequence)
                {
                    TryDelete(temporary);
                    return false;
                }

                MakeShard(id);
                Files.Move(temporary, Layout.EntryOf(id));
                var before = Index.Put(new DiskSlot(id, bytes, bodySequence));
                if (before is not null && before.BodySequence != bodySequence)
                {
                    Delete_NeedsLock(before, withEntry: false);
                }
            }

            if (_options.Durable)
            {
                Files.FlushDirectory(Layout.ShardOf(id.Shard));
            }
        }
        catch (Exception exception) when (IsFault(exception))
        {
            Report(exception, key);
            TryDelete(temporary);
            return false;
        }

        DeleteAll(Index.Evict());
        return true;
    }
}
