using Selvedge.Streams.Protocol;
using Selvedge.Streams.Storage;

namespace Selvedge.Streams.Tests.Storage;

public sealed class RecoveryTests
{
    [Fact]
    public void Open_LogCutAtEveryByte_HoldsAPrefixOfWhatWasWritten()
    {
        var harness = new LogHarness(new SimulatedDevice(), new LogSettings { WalBytes = 8 * 1024 }).Open();
        var states = new List<string> { harness.Contents };
        harness.Create("a", "1");
        states.Add(harness.Contents);
        for (var i = 0; i < 3; i++)
        {
            harness.Append("a", new string((char)('b' + i), 300));
            states.Add(harness.Contents);
        }

        var wal = FileNames.Wal(1);
        var written = (int)Recovery.Run(harness.Device, new SegmentTable(harness.Device)).EndOfLog;
        var known = 0;
        for (var length = WalHeader.Size; length <= written; length++)
        {
            var cut = harness.Device.Copy();
            cut.File(wal).Truncate(length);
            var found = new LogHarness(cut, new LogSettings { WalBytes = 8 * 1024 }).Open().Contents;

            // Never less than with a shorter file, and never anything that was not there at some time.
            var index = states.IndexOf(found);
            Assert.True(index >= known, $"Cut at {length}: {found}");
            known = index;
        }

        Assert.Equal(states.Count - 1, known);
    }

    [Fact]
    public void Open_ByteFlippedInTheLastFrame_DropsThatFrameOnly()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a", "kept");
        harness.Append("a", "torn");
        harness.Device.File(FileNames.Wal(1)).Bytes[WalHeader.Size + Frame.Sector + Frame.HeaderSize + 10] ^= 1;

        Assert.Equal("a=kept", harness.Reopen().Contents);
    }

    [Fact]
    public void Open_ByteFlippedBeforeWholeFrames_IsRefusedAsDamage()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a", "lost");
        harness.Append("a", "whole");
        harness.Device.File(FileNames.Wal(1)).Bytes[WalHeader.Size + Frame.HeaderSize + 10] ^= 1;

        var exception = Assert.Throws<StreamStoreException>(() => harness.Reopen());

        Assert.Contains("damaged at byte 512", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LogFileMissing_IsRefused()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a", "x");
        harness.Reopen();
        harness.Append("a", "y");
        harness.Device.Delete(FileNames.Wal(1));

        var exception = Assert.Throws<StreamStoreException>(() => harness.Reopen());

        Assert.Contains("is missing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CheckpointDamaged_IsRefused()
    {
        var harness = Settled();
        harness.Device.File(FileNames.Checkpoint).Bytes[20] ^= 1;

        var exception = Assert.Throws<StreamStoreException>(() => harness.Reopen());

        Assert.Contains("checkpoint", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterSettling_ReadsSegmentsAndLog()
    {
        var harness = Settled();
        harness.Append("a", "tail");
        var before = harness.Contents;

        Assert.Equal(before, harness.Reopen().Contents);
    }

    [Fact]
    public void Open_ManyTimes_KeepsEverything()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a");
        for (var i = 0; i < 10; i++)
        {
            harness.Append("a", $"{i};");
            harness.Reopen();
            if (i % 3 == 0)
                harness.Settle();
        }

        Assert.Equal("0;1;2;3;4;5;6;7;8;9;", harness.Read("a"));
    }

    [Fact]
    public void Open_KnownProducer_StillRecognisesARetry()
    {
        var harness = Settled();
        harness.Append("a", "once", new ProducerClaim("p", 3, 0));
        harness.Reopen();

        Assert.Equal(AppendOutcome.Duplicate, harness.Append("a", "once", new ProducerClaim("p", 3, 0)).Outcome);
        Assert.Equal(AppendOutcome.StaleEpoch, harness.Append("a", "old", new ProducerClaim("p", 2, 0)).Outcome);
    }

    [Fact]
    public void Open_StreamMadeAgain_HasANewId()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a", "x");
        var before = harness.Engine.Streams.Streams.Single().Id;
        harness.Delete("a");
        harness.Reopen();
        harness.Create("a", "x");

        Assert.NotEqual(before, harness.Engine.Streams.Streams.Single().Id);
    }

    [Fact]
    public async Task Open_SlidingLifetime_NeverEndsSoonerThanWithoutTheRestart()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a", lifetime: new Lifetime(100, null));
        harness.Clock.Advance(TimeSpan.FromSeconds(9));
        await harness.Engine.Streams.FindAsync("a", StreamUse.Touch, CancellationToken.None);
        harness.CommitAll();
        harness.Reopen();

        harness.Clock.Advance(TimeSpan.FromSeconds(99));
        Assert.True(harness.Exists("a"));
        harness.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(harness.Exists("a"));
    }

    [Fact]
    public void Open_SpareFilesOfTheRightLength_AreUsedAgain()
    {
        var harness = Settled();
        harness.Device.Create(FileNames.Spare(77)).Write(new byte[100], 0);
        var spares = harness.Device.List().Count(name => FileNames.TryParseSpare(name, out _));
        Assert.True(spares > 1);

        harness.Reopen();

        // One became the log's new file, and the one that is too short is gone.
        Assert.Equal(spares - 2, harness.Device.List().Count(name => FileNames.TryParseSpare(name, out _)));
        harness.Append("a", "more");
        Assert.EndsWith("more", harness.Read("a"), StringComparison.Ordinal);
    }

    [Fact]
    public void Settle_StreamsDeleted_GivesTheirSpaceBack()
    {
        var harness = Settled();
        Assert.Contains(harness.Device.List(), name => FileNames.TryParseSegment(name, out _));
        harness.Delete("a");

        harness.Reopen();
        harness.Settle();

        Assert.DoesNotContain(harness.Device.List(), name => FileNames.TryParseSegment(name, out _));
    }

    /// <summary>A log that has filled a file and settled it.</summary>
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
