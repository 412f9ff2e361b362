using System.Text;
using Selvedge.Streams.Engine;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;
using Selvedge.Testing;

namespace Selvedge.Streams.Tests.Reading;

public sealed class SharedReadsTests : IAsyncDisposable
{
    private const string Name = "_default/read";
    private const int PageBytes = 1024;

    private readonly ManualClock _clock = new(timestampFrequency: ManualClock.OddFrequency);
    private readonly GatedStore _store;
    private readonly StreamMetrics _metrics = new(new TestMeters());
    private readonly SharedReads _reads;

    public SharedReadsTests()
    {
        _store = new GatedStore(MemoryStreamStore.Create(_clock));
        _reads = new SharedReads(_store, _clock, _metrics, countsPerStream: true);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _reads.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Read_WhileTheSameIsRead_Joins()
    {
        var stream = await CreateAsync("hello");
        _store.Gate = new Gate();
        var first = _reads.ReadAsync(stream, 0, PageBytes, Ct).AsTask();
        var second = _reads.ReadAsync(stream, 0, PageBytes, Ct).AsTask();

        _store.Gate.Open();

        Assert.Same((await first).Page, (await second).Page);
        Assert.Equal(1, _store.Reads);
        Assert.Equal((1, 1, 5), (_reads.CountOf(stream.Id), _metrics.PagesRead, _metrics.BytesRead));
    }

    [Fact]
    public async Task Read_WithinATenthOfASecond_GetsTheSamePage()
    {
        var stream = await CreateAsync("hello");
        var first = await PageAsync(stream);
        _clock.Advance(SharedReads.Lifetime - TimeSpan.FromMilliseconds(1));

        Assert.Same(first, await PageAsync(stream));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotSame(first, await PageAsync(stream));
        Assert.Equal(2, _store.Reads);
    }

    [Fact]
    public async Task Read_ByOneWhoKnowsOfAWrite_NeverJoinsAReadFromBefore()
    {
        var before = await CreateAsync("a");
        _store.Gate = new Gate();
        var early = _reads.ReadAsync(before, 0, PageBytes, Ct).AsTask();
        var after = await AppendAsync("b");
        var late = _reads.ReadAsync(after, 0, PageBytes, Ct).AsTask();

        _store.Gate.Open();

        Assert.Equal("a", TextOf((await early).Page!));
        Assert.Equal("ab", TextOf((await late).Page!));
    }

    [Fact]
    public async Task Read_AfterAClose_IsNotTheReadFromBefore()
    {
        var open = await CreateAsync("a");
        await PageAsync(open);
        var closed = await AppendAsync("", close: true);

        await PageAsync(closed);

        Assert.Equal(2, _store.Reads);
    }

    [Fact]
    public async Task Read_ThatFails_IsTriedAgainByTheNext()
    {
        var stream = await CreateAsync("hello");
        _store.Failure = new StreamStoreException("The disk is gone.");
        await Assert.ThrowsAsync<StreamStoreException>(() => _reads.ReadAsync(stream, 0, PageBytes, Ct).AsTask());
        _store.Failure = null;

        Assert.Equal("hello", TextOf(await PageAsync(stream)));
    }

    [Fact]
    public async Task Read_WhoseFirstReaderLeaves_GoesOnForTheOthers()
    {
        var stream = await CreateAsync("hello");
        _store.Gate = new Gate();
        using var impatient = new CancellationTokenSource();
        var first = _reads.ReadAsync(stream, 0, PageBytes, impatient.Token).AsTask();
        var second = _reads.ReadAsync(stream, 0, PageBytes, Ct).AsTask();

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _store.Gate.Open();

        Assert.Equal("hello", TextOf((await second).Page!));
        Assert.Equal(1, _store.Reads);
    }

    [Fact]
    public async Task Kept_Pages_LeaveByThemselves()
    {
        var stream = await CreateAsync("hello");
        await PageAsync(stream);
        Assert.Equal(1, _reads.Count);

        _clock.Advance(2 * SharedReads.Lifetime);

        Assert.Equal(0, _reads.Count);
    }

    [Fact]
    public async Task Kept_Pages_AreBoundedInNumber()
    {
        var stream = await CreateAsync(new string('x', 2000));

        for (var from = 0; from < 2000; from++)
            await _reads.ReadAsync(stream, from, PageBytes, Ct);

        Assert.Equal(1000, _reads.Count);
    }

    [Fact]
    public async Task Kept_LargePages_AreNot()
    {
        var stream = await CreateAsync(new string('x', 300_000));

        await _reads.ReadAsync(stream, 0, 1_000_000, Ct);

        Assert.Equal(0, _reads.Count);
    }

    private async Task<StreamPage> PageAsync(StreamInfo stream)
    {
        var (_, page) = await _reads.ReadAsync(stream, 0, PageBytes, Ct);
        return page!;
    }

    private async Task<StreamInfo> CreateAsync(string content)
    {
        var request = new CreateStream
        {
            Config = new StreamConfig("text/plain", Lifetime.Endless, Fork: null),
            Content = Encoding.UTF8.GetBytes(content),
        };
        return (await _store.CreateAsync(Name, request, Ct)).Stream!;
    }

    private async Task<StreamInfo> AppendAsync(string content, bool close = false)
    {
        var request = new AppendToStream
        {
            Content = Encoding.UTF8.GetBytes(content),
            ContentType = content.Length == 0 ? null : "text/plain",
            Close = close,
        };
        await _store.AppendAsync(Name, request, Ct);
        return (await _store.FindAsync(Name, StreamUse.Peek, Ct)).Stream!;
    }

    private static string TextOf(StreamPage page) => Encoding.UTF8.GetString(page.Body.Span);
}
