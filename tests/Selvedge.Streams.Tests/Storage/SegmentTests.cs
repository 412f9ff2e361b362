using Selvedge.Streams.Engine;
using Selvedge.Streams.Storage;

namespace Selvedge.Streams.Tests.Storage;

public sealed class SegmentTests
{
    [Fact]
    public void Read_AnyByteFlipped_IsRefusedAndNeverServed()
    {
        var harness = Settled();
        var bytes = Segment(harness).Bytes;

        for (var i = SegmentTable.Magic.Length; i < bytes.Length; i += 37)
        {
            bytes[i] ^= 16;
            Assert.Throws<StreamStoreException>(() => harness.Read("a"));
            bytes[i] ^= 16;
        }

        Assert.Equal(24_000, harness.Read("a")!.Length);
    }

    [Fact]
    public void Read_ByteFlipped_NamesTheFileAndTheStreamOnce()
    {
        var harness = Settled();
        var damage = new List<string>();
        harness.Engine.Damaged = damage.Add;
        Segment(harness).Bytes[100] ^= 1;

        Assert.Throws<StreamStoreException>(() => harness.Read("a"));
        Assert.Throws<StreamStoreException>(() => harness.Read("a"));

        Assert.Contains("segment-", Assert.Single(damage), StringComparison.Ordinal);
        Assert.Contains("of the stream 'a'", damage[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AnotherBlockFlipped_GivesTheBytes()
    {
        var harness = Settled();
        Segment(harness).Bytes[RunBlocks.Size + 100] ^= 1;
        var stream = (await harness.Engine.Streams.FindAsync("a", StreamUse.Peek, CancellationToken.None)).Stream!;

        Assert.Equal(100, await harness.Engine.Streams.ReadAsync(stream, 0, new byte[100], CancellationToken.None));
        await Assert.ThrowsAsync<StreamStoreException>(async () =>
            await harness.Engine.Streams.ReadAsync(stream, RunBlocks.Size, new byte[100], CancellationToken.None)
        );
    }

    [Fact]
    public void TryRead_AnyRange_GivesItsBytes()
    {
        var (segment, extent, content) = Written(length: (5 * RunBlocks.Size) + 123);
        using var _ = segment.Block.File;
        int[] edges =
        [
            0,
            1,
            RunBlocks.Size - 1,
            RunBlocks.Size,
            RunBlocks.Size + 1,
            3 * RunBlocks.Size,
            content.Length - 1,
            content.Length,
        ];

        foreach (var from in edges)
        {
            foreach (var to in edges.Where(to => to >= from))
            {
                var target = new byte[to - from];
                Assert.True(RunBlocks.TryRead(extent, stream: 7, from, target));
                Assert.Equal(content[from..to], target);
            }
        }
    }

    [Fact]
    public void TryRead_MoreBlocksThanAreReadAtOnce_GivesThemAll()
    {
        var (_, extent, content) = Written(length: (40 * RunBlocks.Size) + 1);
        var target = new byte[content.Length - 5];

        Assert.True(RunBlocks.TryRead(extent, stream: 7, skipped: 5, target));

        Assert.Equal(content[5..], target);
    }

    [Fact]
    public void TryRead_BlockOfAnotherPlace_IsRefused()
    {
        var (segment, extent, _) = Written(length: 2 * RunBlocks.Size);
        var file = ((SimulatedFile)segment.Block.File).Bytes;
        var first = file.AsSpan(SegmentTable.Magic.Length, RunBlocks.Size + sizeof(uint));
        file.AsSpan(SegmentTable.Magic.Length + first.Length, first.Length).CopyTo(first);

        Assert.False(RunBlocks.TryRead(extent, stream: 7, 0, new byte[10]));
    }

    [Fact]
    public void TryRead_BlockOfAnotherStream_IsRefused()
    {
        var (_, extent, _) = Written(length: 10);

        Assert.False(RunBlocks.TryRead(extent, stream: 8, 0, new byte[10]));
    }

    [Fact]
    public void Settle_ContentLostInTheWriteAheadFile_StopsTheStore()
    {
        var harness = new LogHarness(new SimulatedDevice(), new LogSettings { WalBytes = 256 * 1024 }).Open();
        harness.Create("a", new string('x', ExtentList.KeptInFile));
        harness.Device.File(FileNames.Wal(1)).Bytes[WalHeader.Size + 5000] ^= 1;
        for (var i = 0; i < 5; i++)
            harness.Append("a", new string('y', 60_000));

        harness.Settle();

        Assert.Throws<StreamStoreException>(() => harness.Append("a", "z"));
    }

    /// <summary>A log with a segment of two blocks.</summary>
    private static LogHarness Settled()
    {
        var harness = new LogHarness(new SimulatedDevice(), new LogSettings { WalBytes = 64 * 1024 }).Open();
        harness.Create("a");
        for (var i = 0; i < 12; i++)
            harness.Append("a", new string((char)('a' + i), 2000));
        return Rolled(harness);
    }

    // A restart ends the file that is being written, so that all of it can be settled.
    private static LogHarness Rolled(LogHarness harness)
    {
        harness.Reopen();
        harness.Settle();
        return harness;
    }

    private static SimulatedFile Segment(LogHarness harness) =>
        harness.Device.File(harness.Device.List().Last(name => FileNames.TryParseSegment(name, out _)));

    private static (Segment Segment, Extent Extent, byte[] Content) Written(int length)
    {
        var content = new byte[length];
        new Random(1).NextBytes(content);
        var segment = new SegmentTable(new SimulatedDevice()).Create();
        using var writer = new SegmentWriter(segment);
        writer.Begin(stream: 7, start: 1000);
        writer.Write(content.AsSpan(0, length / 3));
        writer.Write(content.AsSpan(length / 3));
        var extent = writer.End();
        writer.Finish();
        return (segment, extent, content);
    }
}
