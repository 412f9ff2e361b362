using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Tests.Storage.Disk;

public sealed class DiskEvictionTests
{
    private const int Budget = 1024 * 1024;

    [Fact]
    public async Task Put_BeyondTheBudget_StaysBelowItOnDisk()
    {
        using var disk = new DiskHarness(maxBytes: Budget);

        for (var i = 0; i < 100; i++)
        {
            await disk.PutAsync($"{i}", "", DiskHarness.Bytes(20_000));
        }

        Assert.InRange(disk.Store.Bytes, Budget / 2, Budget);
        Assert.InRange(disk.FilesOnDisk.Sum(path => new FileInfo(path).Length), 1, Budget);
        Assert.Equal(disk.Store.Count, disk.FilesOnDisk.Count());
    }

    [Fact]
    public async Task Put_AScan_DoesNotPushOutWhatIsUsed()
    {
        using var disk = new DiskHarness(maxBytes: Budget);
        for (var i = 0; i < 20; i++)
        {
            await disk.PutAsync($"used {i}", "", DiskHarness.Bytes(20_000));
            await disk.GetAsync($"used {i}");
        }

        for (var i = 0; i < 500; i++)
        {
            await disk.PutAsync($"scanned {i}", "", DiskHarness.Bytes(20_000));
        }

        var left = 0;
        for (var i = 0; i < 20; i++)
        {
            left += await disk.GetAsync($"used {i}") is null ? 0 : 1;
        }

        Assert.Equal(20, left);
    }

    [Fact]
    public async Task Put_WhatIsLargerThanHalf_IsRefused()
    {
        using var disk = new DiskHarness(maxBytes: Budget);
        await disk.PutAsync("small", "", "s");

        Assert.False(await disk.PutAsync("a", "", DiskHarness.Bytes((Budget / 2) + 1)));

        Assert.Single(disk.FilesOnDisk);
    }

    [Fact]
    public async Task Write_ManyAtOnce_TakeNoMoreThanHalfTogether()
    {
        using var disk = new DiskHarness(maxBytes: Budget);
        var writes = Enumerable.Range(0, 10).Select(i => disk.Store.BeginWrite($"{i}")).ToList();

        foreach (var write in writes)
        {
            await write.WriteAsync(DiskHarness.Bytes(200_000));
        }

        Assert.InRange(disk.FilesOnDisk.Sum(path => new FileInfo(path).Length), 1, Budget / 2);
        Assert.Contains(writes, write => write.HasFailed);
        foreach (var write in writes)
        {
            await write.DisposeAsync();
        }

        Assert.Empty(disk.FilesOnDisk);
        Assert.True(await disk.PutAsync("a", "", DiskHarness.Bytes(400_000)));
    }

    [Fact]
    public async Task Evict_WhatIsBeingRead_LeavesTheReaderItsBytes()
    {
        using var disk = new DiskHarness(maxBytes: Budget);
        var body = DiskHarness.Bytes(200_000);
        await disk.PutAsync("read", "", body);
        using var entry = await disk.Store.FindAsync("read", CancellationToken.None);
        for (var i = 0; i < 100; i++)
        {
            await disk.PutAsync($"{i}", "", DiskHarness.Bytes(50_000));
            await disk.GetAsync($"{i}");
            await disk.GetAsync($"{i}");
        }

        Assert.False(disk.Store.MayHold("read"));
        Assert.Equal(body, await DiskHarness.BytesAsync(entry!));
    }

    [Fact]
    public async Task Open_WithASmallerBudget_EvictsDownToIt()
    {
        using var disk = new DiskHarness(maxBytes: Budget);
        for (var i = 0; i < 40; i++)
        {
            await disk.PutAsync($"{i}", "", DiskHarness.Bytes(20_000));
        }

        disk.Store.Dispose();
        using var smaller = DiskStore.Open(
            new DiskStoreOptions { Directory = disk.Root, MaxBytes = Budget / 4 },
            disk.Clock,
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance
        );

        Assert.InRange(smaller.Bytes, 1, Budget / 4);
        Assert.InRange(disk.FilesOnDisk.Sum(path => new FileInfo(path).Length), 1, Budget / 4);
    }

    [Fact]
    public async Task Commit_ByManyAtOnce_LeavesOneWholeEntry()
    {
        using var disk = new DiskHarness();
        var bodies = Enumerable.Range(0, 8).Select(i => DiskHarness.Bytes(100_000, seed: i)).ToArray();

        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(
                bodies
                    .Select((body, i) => Task.Run(() => disk.PutAsync("a", $"{i}", body)))
                    .Concat(Enumerable.Range(0, 4).Select(_ => Task.Run(ReadAsync)))
            );
        }

        Assert.True(await ReadAsync());
        Assert.Equal(2, disk.FilesOnDisk.Count());

        // Head and body are of the same write, always.
        async Task<bool> ReadAsync()
        {
            if (await disk.GetAsync("a") is not { } found)
            {
                return false;
            }

            Assert.Equal(bodies[int.Parse(found.Head)], found.Body);
            return true;
        }
    }
}
