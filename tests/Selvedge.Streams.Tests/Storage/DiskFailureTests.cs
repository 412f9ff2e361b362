namespace Selvedge.Streams.Tests.Storage;

public sealed class DiskFailureTests
{
    [Fact]
    public void Append_DiskFailsAtEveryPossibleMoment_RefusesFromThenOnAndLosesNothingAcknowledged()
    {
        for (var moment = 0; moment < 60; moment++)
        {
            var harness = new LogHarness(new SimulatedDevice()).Open();
            harness.Create("a");
            harness.Device.OperationsUntilFailure = moment;

            var acknowledged = "";
            var failed = false;
            for (var i = 0; i < 40 && !failed; i++)
            {
                try
                {
                    var part = new string((char)('a' + (i % 26)), 700);
                    harness.Append("a", part);
                    acknowledged += part;
                    harness.Settle();
                }
                catch (StreamStoreException)
                {
                    failed = true;
                }
            }

            Assert.True(failed, $"Moment {moment}");
            Assert.Throws<StreamStoreException>(() => harness.Append("a", "more"));
            harness.Device.OperationsUntilFailure = int.MaxValue;
            harness.Device.Crash(new Random(moment));
            var found = harness.Open().Read("a")!;

            // What failed may or may not have reached the disk; what was acknowledged has.
            Assert.StartsWith(acknowledged, found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Append_FlushFails_IsNotAcknowledgedNorVisible()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a", "before");
        var append = harness.BeginAppend("a", "after").AsTask();
        harness.Device.OperationsUntilFailure = 1;

        harness.CommitAll();

        await Assert.ThrowsAsync<StreamStoreException>(() => append);
        Assert.Equal("before", harness.Read("a"));
    }

    [Fact]
    public async Task Append_MoreThanMayWait_IsRefusedAndChangesNothing()
    {
        var settings = new Streams.Storage.LogSettings { WalBytes = 16 * 1024, MaxPendingBytes = 3000 };
        var harness = new LogHarness(new SimulatedDevice(), settings).Open();
        harness.Create("a");
        var first = harness.BeginAppend("a", new string('x', 2000)).AsTask();

        var second = await harness.BeginAppend("a", new string('y', 2000));

        Assert.Equal(AppendOutcome.Overloaded, second.Outcome);
        harness.CommitAll();
        Assert.Equal(AppendOutcome.Appended, (await first).Outcome);
        Assert.Equal(2000, harness.Read("a")!.Length);
    }

    [Fact]
    public async Task Producer_RetryBeforeTheOriginalIsDurable_WaitsForIt()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a");
        var claim = new Streams.Protocol.ProducerClaim("p", 0, 0);
        _ = harness.BeginAppend("a", "x", claim).AsTask();

        var retry = harness.BeginAppend("a", "x", claim).AsTask();

        Assert.False(retry.IsCompleted);
        harness.CommitAll();
        Assert.Equal(AppendOutcome.Duplicate, (await retry).Outcome);
    }

    [Fact]
    public async Task Read_BeforeTheCommit_SeesTheDurableTailOnly()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a", "durable");
        _ = harness.BeginAppend("a", "-pending").AsTask();

        var seen = await harness.Engine.Streams.FindAsync("a", StreamUse.Peek, CancellationToken.None);

        Assert.Equal(7, seen.Stream!.Tail);
    }

    [Fact]
    public async Task Find_BeforeADeleteIsDurable_WaitsForIt()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a");
        _ = harness.Engine.Streams.DeleteAsync("a", CancellationToken.None).AsTask();

        var lookup = harness.Engine.Streams.FindAsync("a", StreamUse.Peek, CancellationToken.None).AsTask();

        Assert.False(lookup.IsCompleted);
        harness.CommitAll();
        Assert.Equal(StreamPresence.NotFound, (await lookup).Presence);
    }

    [Fact]
    public async Task Create_BeforeADeleteIsDurable_MakesAnotherStream()
    {
        var harness = new LogHarness(new SimulatedDevice()).Open();
        harness.Create("a", "old");
        var delete = harness.Engine.Streams.DeleteAsync("a", CancellationToken.None).AsTask();

        harness.Create("a", "new");

        Assert.Equal(StreamPresence.Found, await delete);
        Assert.Equal("new", harness.Read("a"));
        Assert.Equal("a=new", harness.Reopen().Contents);
    }
}
