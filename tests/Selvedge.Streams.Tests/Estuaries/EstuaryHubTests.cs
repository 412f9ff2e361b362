using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Streams.Engine;
using Selvedge.Streams.Estuaries;
using Selvedge.Streams.Protocol;
using Selvedge.Testing;

namespace Selvedge.Streams.Tests.Estuaries;

/// <summary>What estuaries get, and that they get it once, whatever happens in between.</summary>
public sealed class EstuaryHubTests : IAsyncLifetime
{
    private const string Project = "shop";

    private readonly ManualClock _clock = new();
    private FaultyStore _store = null!;
    private EstuaryHub _hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = new FaultyStore(MemoryStreamStore.Create(_clock));
        _hub = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Publish_ToFollowers_ReachesEachOnce()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e1", "a");
        await MakeEstuaryAsync("e2", "a");

        var counts = await PublishAsync("a", "one;");

        Assert.Equal(new FanOutCounts(2, 2, 0, 0, 0), counts);
        Assert.Equal(("one;", "one;"), (await ReadAsync("e1"), await ReadAsync("e2")));
    }

    [Fact]
    public async Task Follow_AStreamWithContent_GetsOnlyWhatComes()
    {
        await MakeAsync("a", "before;");
        await MakeEstuaryAsync("e", "a");

        await PublishAsync("a", "after;");

        Assert.Equal("after;", await ReadAsync("e"));
    }

    [Fact]
    public async Task Follow_ManyStreams_GetsThemAll()
    {
        foreach (var stream in (string[])["a", "b", "c"])
            await MakeAsync(stream);
        await MakeEstuaryAsync("e", "a", "b", "c");

        foreach (var stream in (string[])["c", "a", "b"])
            await PublishAsync(stream, stream);

        Assert.Equal("cab", await ReadAsync("e"));
    }

    [Fact]
    public async Task Publish_WithoutFollowers_CountsNobody()
    {
        await MakeAsync("a");

        Assert.Equal(default, await PublishAsync("a", "x"));
    }

    [Fact]
    public async Task Publish_TooManyFollowersToWaitFor_SaysHowManyGetItLater()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e1", "a");
        await MakeEstuaryAsync("e2", "a");

        var counts = await PublishAsync("a", "x", maxAwaited: 1);

        Assert.Equal(new FanOutCounts(2, 0, 0, 0, 2), counts);
        await PublishAsync("a", "y");
        Assert.Equal(("xy", "xy"), (await ReadAsync("e1"), await ReadAsync("e2")));
    }

    [Fact]
    public async Task Leave_Follower_GetsNoMore()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e", "a");
        await PublishAsync("a", "x");

        Assert.Equal(EstuaryOutcome.Done, await _hub.LeaveAsync(Project, "e", "a", Ct));
        await PublishAsync("a", "y");

        Assert.Equal("x", await ReadAsync("e"));
        Assert.Equal(EstuaryOutcome.NotFound, await _hub.LeaveAsync(Project, "e", "a", Ct));
    }

    [Fact]
    public async Task Follow_AgainAfterLeaving_GetsWhatComesAfter()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e", "a");
        await PublishAsync("a", "x");
        await _hub.LeaveAsync(Project, "e", "a", Ct);
        await PublishAsync("a", "y");

        await _hub.FollowAsync(Project, "e", "a", Ct);
        await PublishAsync("a", "z");

        Assert.Equal("xz", await ReadAsync("e"));
    }

    [Fact]
    public async Task Restart_WithSomethingUndelivered_DeliversItOnce()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e", "a");
        await PublishAsync("a", "x");
        await _hub.DisposeAsync();
        // As when the process dies between the append and its delivery.
        await AppendAsync("a", "y");

        _hub = await StartAsync();
        await PublishAsync("a", "z");

        Assert.Equal("xyz", await ReadAsync("e"));
    }

    [Fact]
    public async Task Restart_BetweenTwoFollowers_GivesNobodyAnythingTwice()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e1", "a");
        await MakeEstuaryAsync("e2", "a");
        _store.Refuse = name => name == "shop/e2";
        await PublishAsync("a", "x");
        await _hub.DisposeAsync();
        _store.Refuse = null;

        _hub = await StartAsync();
        await PublishAsync("a", "y");

        Assert.Equal(("xy", "xy"), (await ReadAsync("e1"), await ReadAsync("e2")));
    }

    [Fact]
    public async Task Restart_ManyTimes_ChangesNothing()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e", "a");
        await PublishAsync("a", "x");
        for (var i = 0; i < 3; i++)
        {
            await _hub.DisposeAsync();
            _hub = await StartAsync();
        }

        await PublishAsync("a", "y");

        Assert.Equal("xy", await ReadAsync("e"));
    }

    [Fact]
    public async Task Source_MadeAgain_IsDeliveredFromItsBeginning()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e", "a");
        await PublishAsync("a", "a long first life;");
        await _store.DeleteAsync("shop/a", Ct);
        await MakeAsync("a");

        await PublishAsync("a", "x");

        Assert.Equal("a long first life;x", await ReadAsync("e"));
    }

    [Fact]
    public async Task Follower_ThatWasDeleted_IsRemovedAndTheOthersAreServed()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e1", "a");
        await MakeEstuaryAsync("e2", "a");
        await _store.DeleteAsync("shop/e1", Ct);

        Assert.Equal(new FanOutCounts(2, 1, 1, 0, 0), await PublishAsync("a", "x"));
        Assert.Equal(new FanOutCounts(1, 1, 0, 0, 0), await PublishAsync("a", "y"));
    }

    [Fact]
    public async Task Follower_ThatIsAnotherStreamByNow_GetsNothing()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e", "a");
        await _store.DeleteAsync("shop/e", Ct);
        await MakeAsync("e");

        Assert.Equal(new FanOutCounts(1, 0, 1, 0, 0), await PublishAsync("a", "x"));
        Assert.Equal("", await ReadAsync("e"));
    }

    [Fact]
    public async Task Follower_ThatIsClosed_IsRemoved()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e", "a");
        await _store.AppendAsync("shop/e", new AppendToStream { Close = true }, Ct);

        Assert.Equal(1, (await PublishAsync("a", "x")).Removed);
    }

    [Fact]
    public async Task Follower_NobodyReads_EndsDespiteDeliveries()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e", "a");
        _clock.Advance(TimeSpan.FromSeconds(50));
        await PublishAsync("a", "x");

        _clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(1, (await PublishAsync("a", "y")).Removed);
        Assert.Null(await _hub.FindAsync(Project, "e", StreamUse.Peek, Ct));
    }

    [Fact]
    public async Task Follower_ThatIsRead_Lives()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e", "a");
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(50));
            await _store.FindAsync("shop/e", StreamUse.Touch, Ct);
        }

        Assert.Equal(1, (await PublishAsync("a", "x")).Delivered);
    }

    [Fact]
    public async Task Follower_ThatCannotTakeIt_HoldsNobodyUpAndIsTriedAgain()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e1", "a");
        await MakeEstuaryAsync("e2", "a");
        _store.Refuse = name => name == "shop/e1";

        var first = await PublishAsync("a", "x");
        var second = await PublishAsync("a", "y");
        _store.Refuse = null;
        await _clock.WaitForTimersAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var third = await PublishAsync("a", "z");

        Assert.Equal(new FanOutCounts(2, 1, 0, 1, 0), first);
        Assert.Equal(new FanOutCounts(2, 1, 0, 1, 0), second);
        Assert.Equal(new FanOutCounts(2, 2, 0, 0, 0), third);
        Assert.Equal(("xyz", "xyz"), (await ReadAsync("e1"), await ReadAsync("e2")));
    }

    [Fact]
    public async Task Delivery_OfMoreThanAPage_CutsNoMessage()
    {
        await MakeAsync("a", type: "application/json");
        await MakeEstuaryAsync("e", "application/json", "a");
        var message = $"\"{new string('m', 100_000)}\"\u001E";
        await _hub.DisposeAsync();
        for (var i = 0; i < 8; i++)
            await AppendAsync("a", message, "application/json");
        await AppendAsync("a", $"\"{new string('n', 600_000)}\"\u001E", "application/json");

        _hub = await StartAsync();
        await PublishAsync("a", message, type: "application/json");

        Assert.Equal(await ReadAsync("a"), await ReadAsync("e"));
        Assert.All(_store.Appended["shop/e"], content => Assert.EndsWith("\u001E", content, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publishers_AtOnce_AreDeliveredInTheSourcesOrder()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e1", "a");
        await MakeEstuaryAsync("e2", "a");

        await Parallel.ForEachAsync(Enumerable.Range(0, 100), Ct, async (i, _) => await PublishAsync("a", $"{i};"));

        var all = await ReadAsync("a");
        Assert.Equal((all, all), (await ReadAsync("e1"), await ReadAsync("e2")));
    }

    [Theory]
    [InlineData("e", "e")]
    [InlineData("f", "e")]
    [InlineData("a", "b")]
    public async Task Follow_InAChain_IsRefused(string estuary, string stream)
    {
        await MakeAsync("a");
        await MakeAsync("b");
        await MakeEstuaryAsync("e", "a");
        await MakeEstuaryAsync("f");

        Assert.Equal(EstuaryOutcome.Chained, await _hub.FollowAsync(Project, estuary, stream, Ct));
    }

    [Fact]
    public async Task Follow_WhatIsNotThere_IsRefused()
    {
        await MakeAsync("a");

        Assert.Equal(EstuaryOutcome.NotFound, await _hub.FollowAsync(Project, "e", "a", Ct));
        await MakeEstuaryAsync("e");
        Assert.Equal(EstuaryOutcome.StreamNotFound, await _hub.FollowAsync(Project, "e", "b", Ct));
    }

    [Fact]
    public async Task Follow_AnotherType_IsRefused()
    {
        await MakeAsync("a", type: "application/json");
        await MakeEstuaryAsync("e");

        Assert.Equal(EstuaryOutcome.ContentTypeMismatch, await _hub.FollowAsync(Project, "e", "a", Ct));
    }

    [Fact]
    public async Task Follow_Twice_IsTheSame()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e", "a");

        Assert.Equal(EstuaryOutcome.Unchanged, await _hub.FollowAsync(Project, "e", "a", Ct));
        await PublishAsync("a", "x");
        Assert.Equal("x", await ReadAsync("e"));
    }

    [Fact]
    public async Task Delete_Estuary_EndsItAndLeavesNothing()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e", "a");

        Assert.Equal(EstuaryOutcome.Done, await _hub.DeleteAsync(Project, "e", Ct));

        Assert.Equal(default, await PublishAsync("a", "x"));
        var left = new List<string>();
        await foreach (var stream in _store.ListAsync("", "", Ct))
            left.Add(stream.Name);
        Assert.Equal(["shop/a"], left);
    }

    [Fact]
    public async Task IsBehind_SlowFollower_IsSeen()
    {
        await MakeAsync("a");
        await MakeEstuaryAsync("e", "a");
        await PublishAsync("a", "x");
        await _hub.DisposeAsync();
        await AppendAsync("a", new string('y', 100));
        var stream = (await _store.FindAsync("shop/a", StreamUse.Peek, Ct)).Stream!;

        Assert.True(_hub.IsBehind(stream, Project, "a", maxLag: 99));
        Assert.False(_hub.IsBehind(stream, Project, "a", maxLag: 100));
        _hub = await StartAsync();
    }

    [Theory]
    [InlineData("publish", false)]
    [InlineData("__ds", false)]
    [InlineData("..", false)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("a#b", false)]
    [InlineData("user:1.tab-2_x", true)]
    public void Name_OfAnEstuary_IsChecked(string name, bool allowed) => Assert.Equal(allowed, EstuaryName.IsOne(name));

    private ValueTask<EstuaryHub> StartAsync() =>
        EstuaryHub.StartAsync(_store, (_, _) => ValueTask.CompletedTask, _clock, NullLogger.Instance, Ct);

    private async Task MakeAsync(string name, string content = "", string type = "text/plain")
    {
        var request = new CreateStream
        {
            Config = new StreamConfig(type, Lifetime.Endless, null),
            Content = Encoding.UTF8.GetBytes(content),
        };
        Assert.Equal(CreateOutcome.Created, (await _store.CreateAsync($"{Project}/{name}", request, Ct)).Outcome);
    }

    private Task MakeEstuaryAsync(string id, params string[] streams) =>
        streams is ["application/json", ..]
            ? MakeEstuaryOfTypeAsync(id, streams[0], streams[1..])
            : MakeEstuaryOfTypeAsync(id, "text/plain", streams);

    private async Task MakeEstuaryOfTypeAsync(string id, string type, string[] streams)
    {
        var config = new StreamConfig(type, new Lifetime(60, null), null);
        Assert.Equal(EstuaryOutcome.Done, (await _hub.CreateAsync(Project, id, config, Ct)).Outcome);
        foreach (var stream in streams)
            Assert.Equal(EstuaryOutcome.Done, await _hub.FollowAsync(Project, id, stream, Ct));
        // Following begins a delivery in the background; what a test does next must not meet it.
        await _hub.WhenQuietAsync();
    }

    private async Task<long> AppendAsync(string stream, string content, string type = "text/plain")
    {
        var request = new AppendToStream { Content = Encoding.UTF8.GetBytes(content), ContentType = type };
        var result = await _store.AppendAsync($"{Project}/{stream}", request, Ct);
        Assert.Equal(AppendOutcome.Appended, result.Outcome);
        return result.Tail;
    }

    private async Task<FanOutCounts> PublishAsync(
        string stream,
        string content,
        int maxAwaited = 100,
        string type = "text/plain"
    ) => await _hub.PublishedAsync(Project, stream, await AppendAsync(stream, content, type), maxAwaited, Ct);

    private async Task<string> ReadAsync(string name)
    {
        var stream = (await _store.FindAsync($"{Project}/{name}", StreamUse.Peek, Ct)).Stream!;
        var bytes = new byte[stream.Tail];
        await _store.ReadAsync(stream, 0, bytes, Ct);
        return Encoding.UTF8.GetString(bytes);
    }
}
