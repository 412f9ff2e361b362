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

    private readonly IStreamStore _store = MemoryStreamStore.Create(new ManualClock());
    private readonly LiveFeeds _feeds;

    public LiveFeedTests() =>
        _feeds = new LiveFeeds(
            new SharedReads(_store, new ManualClock(), new StreamMetrics(new TestMeters()), countsPerStream: false)
        );

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

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

    private async Task<StreamInfo> CreateAsync(string type, string content)
    {
        var request = new CreateStream
        {
            Config = new StreamConfig(type, Lifetime.Endless, Fork: null),
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
