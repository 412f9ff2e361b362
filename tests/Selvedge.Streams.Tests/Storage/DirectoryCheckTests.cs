using Selvedge.Streams.Storage;

namespace Selvedge.Streams.Tests.Storage;

public sealed class DirectoryCheckTests
{
    [Fact]
    public void Run_SoundDirectory_CountsWhatIsThere()
    {
        var report = DirectoryCheck.Run(Settled().Device.Copy());

        Assert.Equal((1, 24_000, 0), (report.Streams, report.Bytes, report.UnfinishedRecords));
        Assert.Empty(report.Damage);
    }

    [Fact]
    public void Run_ByteFlippedInASegment_NamesTheStreamAndTheBytes()
    {
        var device = Settled().Device.Copy();
        var segment = device.List().First(name => FileNames.TryParseSegment(name, out _));
        device.File(segment).Bytes[100] ^= 1;

        var damage = Assert.Single(DirectoryCheck.Run(device).Damage);

        Assert.Contains("of the stream 'a'", damage, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_GroupCutShort_SaysHowManyRecordsItHeld()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a", "x");
        harness.Device.File(FileNames.Wal(1)).Bytes[WalHeader.Size + Frame.HeaderSize + 4] ^= 1;

        Assert.Equal(1, DirectoryCheck.Run(harness.Device.Copy()).UnfinishedRecords);
    }

    [Fact]
    public void Run_InterruptedSettling_NamesItsTraces()
    {
        var device = Settled().Device.Copy();
        device.Create(FileNames.NewCheckpoint);
        device.Create(FileNames.Segment(99));

        var leftovers = DirectoryCheck.Run(device).Leftovers;

        Assert.Contains(FileNames.NewCheckpoint, leftovers);
        Assert.Contains(FileNames.Segment(99), leftovers);
    }

    [Fact]
    public void Run_Always_ChangesNothing()
    {
        var device = Settled().Device.Copy();
        var before = device.Operations;

        DirectoryCheck.Run(device);

        Assert.Equal(before, device.Operations);
    }

    private static LogHarness Settled()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a");
        for (var i = 0; i < 12; i++)
            harness.Append("a", new string((char)('a' + i), 2000));
        harness.Settle();
        return harness;
    }
}
