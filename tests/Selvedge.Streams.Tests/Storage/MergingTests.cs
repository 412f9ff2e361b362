using Selvedge.Streams.Storage;

namespace Selvedge.Streams.Tests.Storage;

public sealed class MergingTests
{
    private const int WalBytes = 16 * 1024;

    [Fact]
    public void Choose_FewerThanTheFan_ChoosesNone() => Assert.Empty(Choose(fan: 4, 100, 100, 100));

    [Fact]
    public void Choose_TheFanOfASize_ChoosesThose() => Assert.Equal([1, 2, 3, 4], Choose(fan: 4, 300, 300, 300, 300, 3000));

    [Fact]
    public void Choose_LargeOrEmpty_LeavesThemAlone() =>
        Assert.Empty(Choose(fan: 2, WalBytes / 2, WalBytes / 2, WalBytes, 0, 0, 0));

    [Fact]
    public void Choose_AsSegmentsCome_KeepsFewAndMovesEachByteSeldom()
    {
        var segments = new Dictionary<long, long>();
        long moved = 0;
        for (long number = 1; number <= 4000; number++)
        {
            segments.Add(number, 1 + (number % 50));
            while (MergePolicy.Choose(segments.Select(pair => (pair.Key, pair.Value)), 1_000_000, 8) is { Count: > 0 } chosen)
            {
                var sum = chosen.Sum(one => segments[one]);
                moved += sum;
                foreach (var one in chosen)
                    segments.Remove(one);
                segments.Add(-number - segments.Count, sum);
            }

            Assert.True(segments.Count <= 7 * 8);
        }

        Assert.True(moved <= 8 * segments.Values.Sum());
    }

    [Fact]
    public void Settle_StreamThatGrowsALittleAtATime_LeavesFewFilesAndExtents()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a");
        harness.Create("b", "b");
        var expected = "";
        for (var i = 0; i < 100; i++)
        {
            expected += $"{i};";
            Settle(harness, $"{i};");
        }

        Assert.Equal(expected, harness.Read("a"));
        Assert.True(Segments(harness) <= 20, $"{Segments(harness)} files");
        Assert.True(harness.Engine.Streams.Streams.Single(stream => stream.Name == "a").Data.Items.Length <= 20);
        Assert.Equal($"a={expected} b=b", harness.Reopen().Contents);
    }

    [Fact]
    public void Settle_DamagedSegment_IsLeftAloneAndNotMadeWhole()
    {
        var harness = new LogHarness(new SimulatedDevice(), Two).Open();
        harness.Create("a");
        harness.Create("b", "sound");
        Settle(harness, "first");
        var damaged = harness.Device.List().Single(name => FileNames.TryParseSegment(name, out _));
        harness.Device.File(damaged).Bytes[10] ^= 1;

        for (var i = 0; i < 6; i++)
            Settle(harness, "more");

        Assert.Throws<StreamStoreException>(() => harness.Read("a"));
        Assert.Equal("sound", harness.Read("b"));
        Assert.Contains(damaged, harness.Device.List());
    }

    [Fact]
    public void Settle_DiskFailsAtAnyMomentOfAMerge_LosesNothing()
    {
        for (var moment = 0; moment < 40; moment++)
        {
            var harness = new LogHarness(new SimulatedDevice(), Two).Open();
            harness.Create("a");
            Settle(harness, "one;");
            harness.Append("a", "two;");
            harness.Reopen();
            harness.Device.OperationsUntilFailure = moment;

            harness.Settle();

            harness.Device.OperationsUntilFailure = int.MaxValue;
            harness.Device.Crash(new Random(moment));
            Assert.Equal("one;two;", harness.Open().Read("a"));
            harness.Settle();
            Assert.Equal("one;two;", harness.Reopen().Read("a"));
        }
    }

    private static LogSettings Two => new() { WalBytes = WalBytes, MergeFan = 2 };

    // A restart ends the file that is being written, so that all of it can be settled.
    private static void Settle(LogHarness harness, string content)
    {
        harness.Append("a", content);
        harness.Reopen();
        harness.Settle();
    }

    private static int Segments(LogHarness harness) =>
        harness.Device.List().Count(name => FileNames.TryParseSegment(name, out _));

    private static IEnumerable<long> Choose(int fan, params long[] live) =>
        MergePolicy.Choose(live.Select((bytes, i) => (i + 1L, bytes)), WalBytes, fan).Order();
}
