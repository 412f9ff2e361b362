using System.Text;

namespace Selvedge.Caching.Storage.Disk;

// Reads entries back: what is not whole is damage, and damage is removed.
public sealed partial class DiskStore
{
    private DiskEntry? Find(string key, EntryId id)
    {
        // A replacement may take the body's file away between the two files: then the entry is read anew.
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            if (Index.Find(id, touch: false) is not { } slot)
            {
                return null;
            }

            try
            {
                return Read(key, slot);
            }
            catch (FileNotFoundException) when (slot.IsGone)
            {
                // Replaced or removed meanwhile.
            }
            catch (Exception exception) when (IsFault(exception))
            {
                RemoveDamaged(slot);
            }
        }

        return null;
    }

    private DiskEntry? Read(string key, DiskSlot slot)
    {
        var file = ReadFile(Layout.EntryOf(slot.Id));
        if (!EntryHeader.TryRead(file, file.Length, out var header) || !EntryHeader.IsIntact(file))
        {
            throw new BrokenBodyException("An entry on disk is damaged.");
        }

        var content = file.AsMemory(EntryHeader.Size);
        if (!string.Equals(Encoding.UTF8.GetString(content.Span[..header.KeyLength]), key, StringComparison.Ordinal))
        {
            return null;
        }

        var head = content.Slice(header.KeyLength, header.HeadLength);
        return header.BodySequence == 0
            ? new DiskEntry(key, head, content[(header.KeyLength + header.HeadLength)..], body: null)
            : new DiskEntry(key, head, default, OpenBody(slot, header));
    }

    private DiskBody OpenBody(DiskSlot slot, EntryHeader header)
    {
        var file = DiskFiles.OpenToRead(Layout.BodyOf(slot.Id, header.BodySequence));
        if (RandomAccess.GetLength(file) != BodyBlocks.FileLength(header.BodyLength))
        {
            file.Dispose();
            throw new BrokenBodyException("A body on disk has the wrong length.");
        }

        return new DiskBody(file, header.BodySequence, header.BodyLength, () => RemoveDamaged(slot));
    }

    private static byte[] ReadFile(string path)
    {
        using var file = DiskFiles.OpenToRead(path);
        var length = RandomAccess.GetLength(file);
        if (length > EntryHeader.Size + EntryHeader.LargestKey + EntryHeader.LargestHead + EntryHeader.LargestInlineBody)
        {
            throw new BrokenBodyException("An entry on disk is too long to be one.");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)length);
        for (var read = 0; read < bytes.Length; )
        {
            var more = RandomAccess.Read(file, bytes.AsSpan(read), read);
            if (more == 0)
            {
                throw new BrokenBodyException("An entry on disk ends too early.");
            }

            read += more;
        }

        return bytes;
    }

    private DiskEntryInfo? Describe(EntryId id)
    {
        try
        {
            var path = Layout.EntryOf(id);
            var file = ReadFile(path);
            return EntryHeader.TryRead(file, file.Length, out var header) && EntryHeader.IsIntact(file)
                ? new DiskEntryInfo(
                    Encoding.UTF8.GetString(file, EntryHeader.Size, header.KeyLength),
                    header.HeadLength,
                    header.BodyLength,
                    new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero)
                )
                : null;
        }
        catch (Exception exception) when (IsFault(exception))
        {
            // Gone meanwhile, or damaged: either way there is nothing to list.
            return null;
        }
    }
}
