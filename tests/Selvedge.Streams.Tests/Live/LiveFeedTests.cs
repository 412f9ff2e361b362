using System.Text;
using Selvedge.Streams.Engine;
using Selvedge.Streams.Live;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;
using Selvedge.Testing;

namespace Selvedge.Streams.Tests.Live;

public sealed class LiveFeedTests : IAsyncDisposable
{
    private const string Name = "_default/live";

    private readonly ManualClock _clock = new();
    private readonly IStreamStore _store;
    private readonly SharedReads _reads;
    private readonly LiveFeeds _feeds;

    public LiveFeedTests()
    {
        _store = MemoryStreamStore.Create(_clock);
        _reads = new SharedReads(_store, _clock, new StreamMetrics(new TestMeters()), countsPerStream: false);
        _feeds = new LiveFeeds(_store, _reads, _clock);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _feeds.Dispose();
        _reads.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Page_ForManyReaders_IsOneAndEncodedOnce()
    {
        var stream = await CreateAsync("text/plain", "hello");
        using var one = _feeds.Join(stream);
        using var other = _feeds.Join(stream);

        var (_, first) = await one.PageAsync(stream, 0, Ct);
        var (_, second) = await other.PageAsync(stream, 0, Ct);

        Assert.Same(first, second);
        Assert.True(first!.Event(isText: true).Equals(second!.Event(isText: true)));
    }

    [Fact]
    public async Task Page_FarBehind_IsReadFromTheStore()
    {
        var stream = await CreateAsync("text/plain", "0");
        using var feed = _feeds.Join(stream);
        for (var i = 1; i < 20; i++)
        {
            stream = await AppendAsync(i.ToString());
            await feed.PageAsync(stream, stream.Tail - 1, Ct);
        }

        var (_, page) = await feed.PageAsync(stream, 0, Ct);

        Assert.Equal("012345678910111213141516171819", Encoding.UTF8.GetString(page!.Body.Span));
    }

    [Fact]
    public async Task Control_SameParts_IsEncodedOnce()
    {
        var stream = await CreateAsync("text/plain", "");
        using var feed = _feeds.Join(stream);

        Assert.True(feed.Control(5, 7, upToDate: true, closed: false).Equals(feed.Control(5, 7, upToDate: true, closed: false)));
        Assert.False(feed.Control(5, 7, upToDate: true, closed: false).Equals(feed.Control(5, 8, upToDate: true, closed: false)));
    }

    [Fact]
    public async Task Dispose_OfTheLastReader_EndsTheFeed()
    {
        var stream = await CreateAsync("text/plain", "");
        var one = _feeds.Join(stream);
        var other = _feeds.Join(stream);

        one.Dispose();
        Assert.Equal(1, _feeds.Count);
        other.Dispose();

        Assert.Equal(0, _feeds.Count);
    }

    [Fact]
    public async Task Wait_ForNews_GivesTheStreamAsItIsThen()
    {
        var stream = await CreateAsync("text/plain", "x");
        using var follower = _feeds.Join(stream).Follow();
        var news = follower.WaitAsync(stream, In(10));
        Assert.False(news.IsCompleted);

        await AppendAsync("yz");

        Assert.Equal(3, (await news)!.Tail);
    }

    [Fact]
    public async Task Wait_ForNewsThatIsThere_IsNoWait()
    {
        var stream = await CreateAsync("text/plain", "x");
        var longer = await AppendAsync("y");
        using var ahead = _feeds.Join(stream).Follow();
        using var behind = _feeds.Join(stream).Follow();
        var quiet = ahead.WaitAsync(longer, In(10));

        var news = await behind.WaitAsync(stream, In(10));

        Assert.Equal(2, news!.Tail);
        Assert.False(quiet.IsCompleted);
    }

    [Fact]
    public async Task Wait_OfHundreds_WakesEachOncePerNews()
    {
        const int Followers = 500;
        const int Writes = 20;
        var stream = await CreateAsync("text/plain", "");
        var followers = Enumerable.Range(0, Followers).Select(_ => FollowAsync()).ToList();

        for (var i = 0; i < Writes; i++)
            await AppendAsync("x");

        // Some hear of several appends at once; all hear of the last, and nobody hears the same twice.
        Assert.All(await Task.WhenAll(followers), heard => Assert.Equal(heard.Distinct().Order(), heard));
        Assert.Equal(0, _feeds.Count);

        async Task<List<long>> FollowAsync()
        {
            using var follower = _feeds.Join(stream).Follow();
            var heard = new List<long>();
            for (var seen = stream; seen.Tail < Writes; heard.Add(seen.Tail))
                seen = (await follower.WaitAsync(seen, In(10)))!;
            return heard;
        }
    }

    [Fact]
    public async Task Wait_UntilItIsDue_GivesWhatWasSeen()
    {
        var stream = await CreateAsync("text/plain", "x");
        using var follower = _feeds.Join(stream).Follow();
        var first = follower.WaitAsync(stream, In(10));
        _clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(first.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.001));

        Assert.Same(stream, await first);
    }

    [Fact]
    public async Task Wait_AfterNews_IsDueAnewFromThen()
    {
        var stream = await CreateAsync("text/plain", "x");
        using var follower = _feeds.Join(stream).Follow();
        var news = follower.WaitAsync(stream, In(10));
        _clock.Advance(TimeSpan.FromSeconds(6));
        await AppendAsync("y");
        var seen = (await news)!;

        var second = follower.WaitAsync(seen, In(10));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(second.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(seen, await second);
    }

    [Fact]
    public async Task Wait_OfOneThatLeaves_EndsAndTheOthersWaitOn()
    {
        var stream = await CreateAsync("text/plain", "x");
        using var one = _feeds.Join(stream).Follow();
        using var other = _feeds.Join(stream).Follow();
        var left = one.WaitAsync(stream, In(10));
        var stays = other.WaitAsync(stream, In(10));

        one.Leave();

        Assert.Null(await left);
        Assert.Null(await one.WaitAsync(stream, In(10)));
        Assert.False(stays.IsCompleted);
    }

    [Fact]
    public async Task Wait_ForAStreamThatIsDeleted_Ends()
    {
        var stream = await CreateAsync("text/plain", "x");
        using var follower = _feeds.Join(stream).Follow();
        var news = follower.WaitAsync(stream, In(10));

        await _store.DeleteAsync(Name, Ct);

        Assert.Null(await news);
    }

    [Fact]
    public async Task End_ForAllWhoWaitAndWhoComeLater_IsNow()
    {
        var stream = await CreateAsync("text/plain", "x");
        using var follower = _feeds.Join(stream).Follow();
        var news = follower.WaitAsync(stream, In(10));

        _feeds.End();

        Assert.Null(await news);
        follower.Dispose();
        using var late = _feeds.Join(stream).Follow();
        Assert.Null(await late.WaitAsync(stream, In(10)));
    }

    [Fact]
    public async Task Wait_OnAStreamWithTheLongestLifetime_Waits()
    {
        Assert.True(Lifetime.TryParseTtl("999999999999999999", out var ttl));
        var stream = await CreateAsync("text/plain", "x", new Lifetime(ttl, ExpiresAt: null));
        using var follower = _feeds.Join(stream).Follow();

        var news = follower.WaitAsync(stream, In(10));
        await AppendAsync("y");

        Assert.Equal(2, (await news)!.Tail);
    }

    [Fact]
    public async Task Wait_OnAStreamWithASlidingLifetime_KeepsItAlive()
    {
        var stream = await CreateAsync("text/plain", "x", new Lifetime(TtlSeconds: 4, ExpiresAt: null));
        using var follower = _feeds.Join(stream).Follow();
        var timers = _clock.ArmedTimers;
        var news = follower.WaitAsync(stream, In(60));

        for (var second = 0; second < 20; second++)
        {
            // The deadline's and the watcher's.
            await _clock.WaitForTimersAsync(timers + 2);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(news.IsCompleted);
        Assert.Equal(StreamPresence.Found, (await _store.FindAsync(Name, StreamUse.Peek, Ct)).Presence);
    }

    [Fact]
    public async Task Deadlines_OfFollowersThatHaveLeft_AreNotKept()
    {
        var stream = await CreateAsync("text/plain", "x");
        using var stays = _feeds.Join(stream).Follow();
        var waits = stays.WaitAsync(stream, In(10));
        for (var i = 0; i < 1000; i++)
        {
            var follower = _feeds.Join(stream).Follow();
            _ = follower.WaitAsync(stream, In(10 + i)).AsTask();
            follower.Leave();
            follower.Dispose();
        }

        Assert.InRange(_feeds.Deadlines.Count, 1, 200);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Same(stream, await waits);
    }

    private long In(double seconds) => _clock.GetTimestamp() + (long)(seconds * _clock.TimestampFrequency);

    private async Task<StreamInfo> CreateAsync(string type, string content, Lifetime? lifetime = null)
    {
        var request = new CreateStream
        {
            Config = new StreamConfig(type, lifetime ?? Lifetime.Endless, Fork: null),
            Content = Encoding.UTF8.GetBytes(content),
        };
        return (await _store.CreateAsync(Name, request, Ct)).Stream!;
    }

    private async Task<StreamInfo> AppendAsync(string content)
    {
        var request = new AppendToStream { Content = Encoding.UTF8.GetBytes(content), ContentType = "text/plain" };
        await _store.AppendAsync(Name, request, Ct);
        return (await _store.FindAsync(Name, StreamUse.Peek, Ct)).Stream!;
    }
}
