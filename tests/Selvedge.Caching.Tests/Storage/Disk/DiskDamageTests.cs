using Selvedge.Caching.Storage;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Tests.Storage.Disk;

/// <summary>What a crash, or the disk itself, may do to a file: the entry is there as it was, or not at all.</summary>
public sealed class DiskDamageTests
{
    [Fact]
    public async Task Find_AnEntryCutAtAnyByte_GivesNothing()
    {
        using var disk = new DiskHarness();
        await disk.PutAsync("key", "the head", "the body");
        var path = disk.FilesOnDisk.Single();
        var whole = await File.ReadAllBytesAsync(path);

        for (var length = 0; length < whole.Length; length++)
        {
            await RestoreAsync(disk, path, whole[..length]);

            Assert.Null(await disk.GetAsync("key"));
        }
    }

    [Fact]
    public async Task Find_AnEntryWithAnyBitFlipped_GivesNothing()
    {
        using var disk = new DiskHarness();
        await disk.PutAsync("key", "the head", "the body");
        var path = disk.FilesOnDisk.Single();
        var whole = await File.ReadAllBytesAsync(path);

        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await RestoreAsync(disk, path, damaged);

            Assert.Null(await disk.GetAsync("key"));
        }
    }

    [Fact]
    public async Task Find_ALongBodyCutAnywhere_GivesNothing()
    {
        using var disk = new DiskHarness();
        await disk.PutAsync("key", "head", DiskHarness.Bytes(BodyBlocks.Size + 40));
        var entry = disk.FilesOnDisk.Single(path => path.EndsWith(".e", StringComparison.Ordinal));
        var body = disk.FilesOnDisk.Single(path => path.EndsWith(".b", StringComparison.Ordinal));
        var (wholeEntry, wholeBody) = (await File.ReadAllBytesAsync(entry), await File.ReadAllBytesAsync(body));

        // Every byte of the last block, and some of those before.
        var lengths = Enumerable.Range(BodyBlocks.Size - 8, 56).Concat([0, 1, 4095, 4096]);
        foreach (var length in lengths)
        {
            await File.WriteAllBytesAsync(body, wholeBody[..length]);
            await RestoreAsync(disk, entry, wholeEntry);

            Assert.Null(await disk.GetAsync("key"));
        }
    }

    [Fact]
    public async Task Read_ALongBodyWithAnyByteFlipped_BreaksOffBeforeIt()
    {
        var content = DiskHarness.Bytes(BodyBlocks.Size + 300);
        using var disk = new DiskHarness();
        await disk.PutAsync("key", "head", content);
        var entry = disk.FilesOnDisk.Single(path => path.EndsWith(".e", StringComparison.Ordinal));
        var body = disk.FilesOnDisk.Single(path => path.EndsWith(".b", StringComparison.Ordinal));
        var (wholeEntry, wholeBody) = (await File.ReadAllBytesAsync(entry), await File.ReadAllBytesAsync(body));

        // Every byte of the second block and its checksum, and every 997th of the first.
        var places = Enumerable
            .Range(0, wholeBody.Length)
            .Where(place => place >= BodyBlocks.Stride || place % 997 == 0)
            .ToList();
        foreach (var place in places)
        {
            var damaged = wholeBody.ToArray();
            damaged[place] ^= 0x10;
            await File.WriteAllBytesAsync(body, damaged);
            await RestoreAsync(disk, entry, wholeEntry);

            var read = await ReadUntilItBreaksAsync(disk);

            Assert.Equal(place < BodyBlocks.Stride ? 0 : BodyBlocks.Size, read.Length);
            Assert.Equal(content[..read.Length], read);
            // Whoever comes next fetches it anew.
            Assert.Null(await disk.GetAsync("key"));
        }
    }

    [Fact]
    public async Task Read_TheBodyOfAnotherFile_BreaksOff()
    {
        using var disk = new DiskHarness();
        await disk.PutAsync("a", "", DiskHarness.Bytes(BodyBlocks.Size + 1, seed: 1));
        await disk.PutAsync("b", "", DiskHarness.Bytes(BodyBlocks.Size + 1, seed: 2));
        var bodies = disk.FilesOnDisk.Where(path => path.EndsWith(".b", StringComparison.Ordinal)).ToList();
        File.Copy(bodies[0], bodies[1], overwrite: true);

        await Assert.ThrowsAsync<BrokenBodyException>(async () =>
        {
            await disk.GetAsync("a");
            await disk.GetAsync("b");
        });
    }

    private static async Task<byte[]> ReadUntilItBreaksAsync(DiskHarness disk)
    {
        using var entry = await disk.Store.FindAsync("key", CancellationToken.None);
        await using var stream = entry!.OpenBody();
        var read = new MemoryStream();
        await Assert.ThrowsAsync<BrokenBodyException>(() => stream.CopyToAsync(read));
        return read.ToArray();
    }

    // A damaged entry is removed when it is found to be: it is written and made known again, as a start would.
    private static async Task RestoreAsync(DiskHarness disk, string path, byte[] bytes)
    {
        await File.WriteAllBytesAsync(path, bytes);
        var id = EntryId.Of("key");
        if (!disk.Store.Index.Contains(id))
        {
            disk.Store.Index.Load(new DiskSlot(id, bytes.Length, bodySequence: 1));
        }
    }
}
