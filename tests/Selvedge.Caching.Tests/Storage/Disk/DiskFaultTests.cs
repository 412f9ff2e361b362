using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Tests.Storage.Disk;

/// <summary>A disk that is full or broken costs the entry that was to be written, and nothing else.</summary>
public sealed class DiskFaultTests
{
    private const int Long = 300_000;

    public static TheoryData<string, int> Faults =>
        new()
        {
            { nameof(IDiskFiles.Create), 10 },
            { nameof(IDiskFiles.Create), Long },
            { nameof(IDiskFiles.WriteAsync), 10 },
            { nameof(IDiskFiles.WriteAsync), Long },
            { nameof(IDiskFiles.Flush), 10 },
            { nameof(IDiskFiles.Flush), Long },
            { nameof(IDiskFiles.Move), 10 },
            { nameof(IDiskFiles.Move), Long },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Commit_OnADiskWithAFault_KeepsWhatWasThereBefore(string call, int length)
    {
        var files = new FaultyFiles();
        using var disk = new DiskHarness(durable: true, files: files);
        await disk.PutAsync("a", "old", "before");
        files.Failing = call;

        Assert.False(await disk.PutAsync("a", "new", DiskHarness.Bytes(length)));

        files.Failing = null;
        Assert.Equal("before", await disk.BodyAsync("a"));
        Assert.Equal(1, disk.Store.Failures);
        Assert.Single(disk.FilesOnDisk);
        disk.Reopen();
        Assert.Equal("before", await disk.BodyAsync("a"));
    }

    [Fact]
    public async Task Commit_OnADiskThatFillsUpOnTheWay_LeavesNothing()
    {
        var files = new FaultyFiles();
        using var disk = new DiskHarness(files: files);
        files.Room = 200_000;

        Assert.False(await disk.PutAsync("a", "", DiskHarness.Bytes(Long)));

        Assert.Empty(disk.FilesOnDisk);
        files.Room = long.MaxValue;
        Assert.True(await disk.PutAsync("a", "", DiskHarness.Bytes(Long)));
    }

    [Fact]
    public async Task Commit_InADurableStore_FlushesFileAndDirectory()
    {
        var files = new FaultyFiles();
        using var disk = new DiskHarness(durable: true, files: files);
        await disk.PutAsync("a", "", "A");
        files.Failing = nameof(IDiskFiles.FlushDirectory);

        // It cannot be promised any more.
        Assert.False(await disk.PutAsync("a", "", "B"));
    }

    [Fact]
    public async Task Commit_InAStoreThatIsNotDurable_FlushesNothing()
    {
        var files = new FaultyFiles { Failing = nameof(IDiskFiles.Flush) };
        using var disk = new DiskHarness(files: files);

        Assert.True(await disk.PutAsync("a", "", DiskHarness.Bytes(Long)));
    }

    [Fact]
    public async Task Open_AfterAStartThatWasInterruptedWhileItCleared_ClearsToTheEnd()
    {
        var files = new FaultyFiles();
        using var disk = new DiskHarness(files: files);
        await disk.PutAsync("a", "", "what a loss of power has left");
        disk.Store.Dispose();
        await File.WriteAllTextAsync(Path.Combine(disk.Root, "state"), "open another-boot");
        files.EndsAtDeletion = true;
        Assert.Throws<InvalidOperationException>(disk.Open);

        files.EndsAtDeletion = false;
        disk.Reopen();

        Assert.Null(await disk.GetAsync("a"));
    }
}
