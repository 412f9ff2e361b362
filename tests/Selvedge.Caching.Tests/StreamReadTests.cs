using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Policy;
using Selvedge.Testing;

namespace Selvedge.Caching.Tests;

/// <summary>What the cache does for reads of streams: answers for those who wait, versions, reloads. The origin stands behind a gate.</summary>
public sealed class StreamReadTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly HttpCache _cache;
    private Func<Validators?, CancellationToken, Task<OriginReply>> _answer = (_, _) => throw new InvalidOperationException();
    private readonly ScriptedOrigin _origin;

    public StreamReadTests()
    {
        _cache = new HttpCache(new CacheOptions(), _clock, new TestMeters(), NullLogger<HttpCache>.Instance);
        _origin = new ScriptedOrigin((validators, cancellation) => _answer(validators, cancellation));
    }

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task Answer_A204ForACrowd_AsksOnceAndIsNotStored()
    {
        var gate = new Gate();
        _answer = Behind(gate, () => Reply(204, "", version: 1));
        var crowd = Enumerable.Range(0, 300).Select(_ => AskAsync(StreamPolicy.LongPolls, version: 1)).ToList();

        gate.Open();
        var answers = await Task.WhenAll(crowd);

        Assert.Equal(1, _origin.Total);
        Assert.All(answers, answer => Assert.Equal(204, answer.Stored!.Status));
        Assert.Equal(0, _cache.Count);
        Assert.Equal(0, _cache.Fetches);
    }

    [Fact]
    public async Task Answer_A204MadeBeforeAWriteTheReaderKnowsOf_IsNotHis()
    {
        var gate = new Gate();
        _answer = Behind(gate, () => Reply(204, "", version: 1));
        var early = AskAsync(StreamPolicy.LongPolls, version: 1);
        var late = AskAsync(StreamPolicy.LongPolls, version: 2);
        _answer = (_, _) => Task.FromResult(Reply(200, "b", version: 2, "public, max-age=20"));

        gate.Open();

        Assert.Equal(204, (await early).Stored!.Status);
        Assert.Equal("b", await CacheHarness.TextAsync(await late));
        Assert.Equal(2, _origin.Total);
    }

    [Fact]
    public async Task Answer_AfterA204_CollapsesTheNextRoundToo()
    {
        _answer = (_, _) => Task.FromResult(Reply(204, "", version: 1));
        await AskAsync(StreamPolicy.LongPolls, version: 1);
        var gate = new Gate();
        _answer = Behind(gate, () => Reply(204, "", version: 1));

        var crowd = Enumerable.Range(0, 20).Select(_ => AskAsync(StreamPolicy.LongPolls, version: 1)).ToList();
        gate.Open();
        await Task.WhenAll(crowd);

        Assert.Equal(2, _origin.Total);
    }

    [Fact]
    public async Task Answer_AStoredOne_AnswersWhoeverFindsItWhateverHeKnowsOf()
    {
        _answer = (_, _) => Task.FromResult(Reply(200, "a", version: 1, "public, max-age=20"));
        await AskAsync(StreamPolicy.LongPolls, version: 1);

        Assert.Equal("a", await CacheHarness.TextAsync(await AskAsync(StreamPolicy.LongPolls, version: 5)));
        Assert.Equal(1, _origin.Total);
    }

    [Fact]
    public async Task Answer_AReload_FetchesAloneAndStoresForTheOthers()
    {
        var gate = new Gate();
        _answer = Behind(gate, () => Reply(200, "old", version: 1, "public, max-age=20"));
        var waiting = AskAsync(StreamPolicy.LongPolls, version: 1);
        _answer = (_, _) => Task.FromResult(Reply(200, "new", version: 1, "public, max-age=20"));

        Assert.Equal("new", await CacheHarness.TextAsync(await AskAsync(StreamPolicy.LongPolls, version: 1, isReload: true)));
        Assert.Equal("new", await CacheHarness.TextAsync(await AskAsync(StreamPolicy.LongPolls, version: 1)));
        gate.Open();
        Assert.Equal("old", await CacheHarness.TextAsync(await waiting));
        Assert.Equal(2, _origin.Total);
    }

    [Fact]
    public async Task Answer_AnExpiredPage_IsConfirmedByItsTag()
    {
        _answer = (_, _) => Task.FromResult(Reply(200, "a", version: 1, "public, max-age=60"));
        await AskAsync(StreamPolicy.Pages, version: 1);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Validators? asked = null;
        _answer = (validators, _) =>
        {
            asked = validators;
            return Task.FromResult(Reply(304, "", version: 1, "public, max-age=60"));
        };

        var answer = await AskAsync(StreamPolicy.Pages, version: 1);

        Assert.Equal("\"t\"", asked!.EntityTag);
        Assert.Equal(Caching.Status.CacheVerdict.Revalidated, answer.Verdict);
        Assert.Equal("a", await CacheHarness.TextAsync(answer));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200_000)]
    public async Task Answer_ABodyThatIsInMemory_IsCompleteForEverybodyAtOnce(int length)
    {
        var text = new string('x', length);
        _answer = (_, _) => Task.FromResult(Reply(200, text, version: 1, "public, max-age=60"));

        var answer = await AskAsync(StreamPolicy.Pages, version: 1);

        Assert.True(answer.Stored!.Body.IsComplete);
        Assert.Equal(length <= 64 * 1024, answer.Stored.Body.InOnePiece is not null);
        Assert.Equal(text, await CacheHarness.TextAsync(answer));
    }

    private Task<CacheAnswer> AskAsync(StreamPolicy policy, long version, bool isReload = false)
    {
        var fields = new RequestFields([]);
        return _cache
            .AnswerAsync(
                new CacheRequest
                {
                    Key = "k",
                    Target = "",
                    Method = "GET",
                    Fields = fields,
                    Policy = policy,
                    Origin = _origin.For(fields),
                    SeenVersion = version,
                    IsReload = isReload,
                    Patience = Timeout.InfiniteTimeSpan,
                },
                CancellationToken.None
            )
            .AsTask();
    }

    // The script is taken when the fetch begins, so that the next fetch may have another one.
    private static Func<Validators?, CancellationToken, Task<OriginReply>> Behind(Gate gate, Func<OriginReply> reply) =>
        async (_, cancellation) =>
        {
            await gate.PassAsync(cancellation);
            return reply();
        };

    private static OriginReply Reply(int status, string body, long version, string cacheControl = "no-store")
    {
        var content = Encoding.UTF8.GetBytes(body);
        var stream = new MemoryStream(content);
        return new OriginReply(stream)
        {
            Status = status,
            Fields = [new("cache-control", cacheControl), new("etag", "\"t\"")],
            Body = stream,
            Content = content,
            ContentLength = content.Length,
            Version = version,
        };
    }
}
