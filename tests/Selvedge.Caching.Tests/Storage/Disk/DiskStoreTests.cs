using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Tests.Storage.Disk;

public sealed class DiskStoreTests
{
    private const int Long = (3 * 64 * 1024) + 17;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(128 * 1024)]
    [InlineData(Long)]
    public async Task Find_WhatWasCommitted_GivesHeadAndBody(int length)
    {
        using var disk = new DiskHarness();
        var body = DiskHarness.Bytes(length);

        Assert.True(await disk.PutAsync("a", "head", body));

        var found = await disk.GetAsync("a");
        Assert.Equal("head", found!.Value.Head);
        Assert.Equal(body, found.Value.Body);
    }

    [Fact]
    public async Task Find_AfterReopening_GivesWhatWasCommitted()
    {
        using var disk = new DiskHarness();
        var body = DiskHarness.Bytes(Long);
        await disk.PutAsync("short", "1", "s");
        await disk.PutAsync("long", "2", body);

        disk.Reopen();

        Assert.Equal("s", await disk.BodyAsync("short"));
        Assert.Equal(body, (await disk.GetAsync("long"))!.Value.Body);
        Assert.Equal(2, disk.Store.Count);
    }

    [Fact]
    public async Task Find_AnUnknownKey_GivesNothing()
    {
        using var disk = new DiskHarness();

        Assert.Null(await disk.GetAsync("a"));
    }

    [Fact]
    public async Task Find_AKeyOfAnyLength_TellsItFromItsNeighbour()
    {
        using var disk = new DiskHarness();
        var key = new string('k', 100_000);
        await disk.PutAsync(key + "1", "", "one");
        await disk.PutAsync(key + "2", "", "two");

        Assert.Equal("one", await disk.BodyAsync(key + "1"));
        Assert.Equal("two", await disk.BodyAsync(key + "2"));
    }

    [Fact]
    public async Task Find_AFileOfAnotherKey_GivesNothing()
    {
        using var disk = new DiskHarness();
        await disk.PutAsync("a", "", "A");
        await disk.PutAsync("b", "", "B");
        var layout = new DiskLayout(disk.Root);
        File.Copy(layout.EntryOf(EntryId.Of("a")), layout.EntryOf(EntryId.Of("b")), overwrite: true);

        Assert.Null(await disk.BodyAsync("b"));
    }

    [Fact]
    public async Task Commit_OverAnother_LeavesOnlyTheNewFiles()
    {
        using var disk = new DiskHarness();
        await disk.PutAsync("a", "old", DiskHarness.Bytes(Long));

        await disk.PutAsync("a", "new", DiskHarness.Bytes(Long, seed: 2));

        Assert.Equal("new", (await disk.GetAsync("a"))!.Value.Head);
        Assert.Equal(2, disk.FilesOnDisk.Count());
        Assert.Equal(1, disk.Store.Count);
    }

    [Fact]
    public async Task Dispose_WithoutCommit_LeavesNothing()
    {
        using var disk = new DiskHarness();

        await using (var write = disk.Store.BeginWrite("a"))
        {
            await write.WriteAsync(DiskHarness.Bytes(Long));
        }

        Assert.Empty(disk.FilesOnDisk);
        Assert.Equal(0, disk.Store.Count);
    }

    [Fact]
    public async Task OpenBody_FromAPosition_GivesTheRest()
    {
        using var disk = new DiskHarness();
        var body = DiskHarness.Bytes(Long);
        await disk.PutAsync("a", "", body);
        using var entry = await disk.Store.FindAsync("a", CancellationToken.None);

        await using var stream = entry!.OpenBody();
        stream.Position = 70_000;
        var rest = new MemoryStream();
        await stream.CopyToAsync(rest);

        Assert.Equal(body[70_000..], rest.ToArray());
    }

    [Fact]
    public async Task Remove_WhileItIsRead_LeavesTheReaderItsBytes()
    {
        using var disk = new DiskHarness();
        var body = DiskHarness.Bytes(Long);
        await disk.PutAsync("a", "", body);
        var entry = await disk.Store.FindAsync("a", CancellationToken.None);
        await using var stream = entry!.OpenBody();

        Assert.True(disk.Store.Remove("a"));
        entry.Dispose();

        var read = new MemoryStream();
        await stream.CopyToAsync(read);
        Assert.Equal(body, read.ToArray());
        Assert.Empty(disk.FilesOnDisk);
    }

    [Fact]
    public async Task Remove_AfterReopening_IsStillRemoved()
    {
        using var disk = new DiskHarness(durable: true);
        await disk.PutAsync("a", "", "A");
        disk.Store.Remove("a");

        disk.Reopen();

        Assert.Null(await disk.GetAsync("a"));
    }

    [Fact]
    public async Task Clear_LeavesNothing()
    {
        using var disk = new DiskHarness();
        await disk.PutAsync("a", "", "A");
        await disk.PutAsync("b", "", DiskHarness.Bytes(Long));

        disk.Store.Clear();

        Assert.Empty(disk.FilesOnDisk);
        Assert.Equal(0, disk.Store.Bytes);
    }

    [Fact]
    public async Task Renew_ALongBody_ChangesTheHeadAndKeepsTheFile()
    {
        using var disk = new DiskHarness();
        var body = DiskHarness.Bytes(Long);
        await disk.PutAsync("a", "old", body);
        var before = disk.FilesOnDisk.Single(path => path.EndsWith(".b", StringComparison.Ordinal));
        using var entry = await disk.Store.FindAsync("a", CancellationToken.None);

        Assert.True(await disk.Store.RenewAsync(entry!, "new"u8.ToArray()));

        var found = await disk.GetAsync("a");
        Assert.Equal("new", found!.Value.Head);
        Assert.Equal(body, found.Value.Body);
        Assert.Contains(before, disk.FilesOnDisk);
    }

    [Fact]
    public async Task Renew_WhatWasReplaced_ChangesNothing()
    {
        using var disk = new DiskHarness();
        await disk.PutAsync("a", "first", DiskHarness.Bytes(Long));
        using var entry = await disk.Store.FindAsync("a", CancellationToken.None);
        await disk.PutAsync("a", "second", DiskHarness.Bytes(Long, seed: 2));

        Assert.False(await disk.Store.RenewAsync(entry!, "third"u8.ToArray()));

        Assert.Equal("second", (await disk.GetAsync("a"))!.Value.Head);
    }

    [Fact]
    public async Task List_GivesKeysAndLengths()
    {
        using var disk = new DiskHarness();
        await disk.PutAsync("a", "head", "body!");
        await disk.PutAsync("b", "", DiskHarness.Bytes(Long));

        var listed = new List<DiskEntryInfo>();
        await foreach (var info in disk.Store.ListAsync(CancellationToken.None))
        {
            listed.Add(info);
        }

        Assert.Equal(["a 4 5", $"b 0 {Long}"], listed.Select(info => $"{info.Key} {info.HeadLength} {info.BodyLength}").Order());
    }

    [Fact]
    public void Open_WhileAnotherHasIt_SaysWhoseFaultItIs()
    {
        using var disk = new DiskHarness();

        var refused = Assert.Throws<DiskStoreException>(disk.Open);

        Assert.Equal(DiskStoreFault.InUse, refused.Fault);
        Assert.Contains(disk.Root, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AfterInterruptedWrites_RemovesWhatTheyLeft()
    {
        using var disk = new DiskHarness();
        await disk.PutAsync("a", "", DiskHarness.Bytes(Long));
        var layout = new DiskLayout(disk.Root);
        Directory.CreateDirectory(layout.ShardOf(EntryId.Of("b").Shard));
        await File.WriteAllTextAsync(layout.TemporaryOf(9), "half an entry");
        await File.WriteAllTextAsync(layout.BodyOf(EntryId.Of("a"), 9), "a body whose entry never came");
        await File.WriteAllTextAsync(layout.BodyOf(EntryId.Of("b"), 9), "another one");

        disk.Reopen();

        Assert.Equal(2, disk.FilesOnDisk.Count());
        Assert.NotNull(await disk.GetAsync("a"));
    }

    [Fact]
    public async Task Bytes_AfterReopening_AreTheSame()
    {
        using var disk = new DiskHarness();
        await disk.PutAsync("a", "", "A");
        await disk.PutAsync("b", "", DiskHarness.Bytes(Long));
        var before = disk.Store.Bytes;

        disk.Reopen();

        Assert.Equal(before, disk.Store.Bytes);
    }
}
