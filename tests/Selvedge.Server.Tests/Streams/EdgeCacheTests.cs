using System.Globalization;
using Selvedge.Server.Streams;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Streams;

/// <summary>What clients see of the cache in front of a stream: what is kept, for how long, and what <c>X-Cache</c> says.</summary>
public sealed class EdgeCacheTests : IAsyncLifetime
{
    private const string Verdict = "X-Cache";

    // Twice the page of these tests and a little more.
    private const string Long = "0123456789abcdef0123456789abcdefXYZ";

    private StreamSite _site = null!;

    public async ValueTask InitializeAsync() =>
        _site = await StreamSite.StartAsync(new StreamOptions { DebugCoalesce = true, PageBytes = StreamSite.PageBytes });

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    // What is kept.

    [Fact]
    public async Task Get_APageBeforeTheTail_IsKept()
    {
        await _site.CreateAsync("s", Long);

        var first = await _site.ReadAsync("s");
        var second = await _site.ReadAsync("s");

        Assert.Equal(("MISS", "HIT"), (first[Verdict], second[Verdict]));
        Assert.Null(first["Stream-Up-To-Date"]);
        Assert.Equal(1, _site.OriginReads);
    }

    [Fact]
    public async Task Get_APageAtTheTail_IsNotKept()
    {
        await _site.CreateAsync("s", "short");

        var first = await _site.ReadAsync("s");
        var second = await _site.ReadAsync("s");

        Assert.Equal(("MISS", "MISS"), (first[Verdict], second[Verdict]));
        Assert.Equal("true", first["Stream-Up-To-Date"]);
        Assert.Equal(0, _site.Cache.Count);
    }

    [Fact]
    public async Task Get_APageThatIsExactlyAsLongAsTheStream_IsAtTheTailAndNotKept()
    {
        await _site.CreateAsync("s", Long[..StreamSite.PageBytes]);

        await _site.ReadAsync("s");

        Assert.Equal(0, _site.Cache.Count);
    }

    [Fact]
    public async Task LongPoll_AtTheTailWithData_IsKept()
    {
        await _site.CreateAsync("s", "data");

        var first = await _site.PollAsync("s", cursor: "init");
        var second = await _site.PollAsync("s", cursor: "init");

        Assert.Equal((200, "MISS", "true"), (first.Status, first[Verdict], first["Stream-Up-To-Date"]));
        Assert.Equal((200, "HIT", "true"), (second.Status, second[Verdict], second["Stream-Up-To-Date"]));
    }

    [Fact]
    public async Task LongPoll_BeforeTheTail_IsKept()
    {
        await _site.CreateAsync("s", new string('b', 300_000));

        var first = await _site.PollAsync("s", cursor: "init");
        var second = await _site.PollAsync("s", cursor: "init");

        Assert.Equal(("MISS", "HIT"), (first[Verdict], second[Verdict]));
        Assert.Null(second["Stream-Up-To-Date"]);
        Assert.Equal(first.Body, second.Body);
    }

    [Fact]
    public async Task LongPoll_ThatTimesOut_IsNotKept()
    {
        await _site.CreateAsync("s");

        for (var round = 0; round < 2; round++)
        {
            var timers = _site.Clock.ArmedTimers;
            var waiting = _site.PollAsync("s", cursor: "init");
            await _site.Clock.WaitForTimersAsync(timers + 1);
            _site.Clock.Advance(TimeSpan.FromSeconds(4));
            var answer = await waiting;
            Assert.Equal((204, "MISS", "no-store"), (answer.Status, answer[Verdict], answer["Cache-Control"]));
        }

        Assert.Equal(0, _site.Cache.Count);
    }

    [Fact]
    public async Task OffsetNow_IsNotKept()
    {
        await _site.CreateAsync("s", "data");

        for (var round = 0; round < 2; round++)
        {
            var answer = await _site.ReadAsync("s", "offset=now");
            Assert.Equal((200, "MISS", "no-store"), (answer.Status, answer[Verdict], answer["Cache-Control"]));
            Assert.Null(answer["ETag"]);
        }
    }

    [Fact]
    public async Task LongPoll_OffsetNow_GetsTheNextAppendAndIsNotKept()
    {
        await _site.CreateAsync("s", "old");
        var waiting = await _site.WaitingAsync(() => _site.PollAsync("s", "now"));

        await _site.AppendAsync("s", "new");
        var answer = await waiting;

        Assert.Equal((200, "new", "no-store"), (answer.Status, answer.Body, answer["Cache-Control"]));
        Assert.Null(answer["ETag"]);
        Assert.Equal(0, _site.Cache.Count);
    }

    [Fact]
    public async Task AnExpiredStream_IsGoneAtOnceWhateverWasKept()
    {
        await _site.CreateAsync("s", Long, ("Stream-TTL", "10"));
        await _site.ReadAsync("s");
        Assert.Equal("HIT", (await _site.ReadAsync("s"))[Verdict]);

        _site.Clock.Advance(TimeSpan.FromSeconds(10));

        for (var round = 0; round < 2; round++)
        {
            var answer = await _site.ReadAsync("s");
            Assert.Equal((404, "MISS", "no-store"), (answer.Status, answer[Verdict], answer["Cache-Control"]));
        }
    }

    [Theory]
    [InlineData("none", "offset=-1", 404)]
    [InlineData("s", "offset=rubbish", 400)]
    [InlineData("s", "offset=0000000000000000_0000000000009990", 400)]
    [InlineData("s", "live=long-poll", 400)]
    public async Task AnError_IsNotKept(string id, string query, int status)
    {
        await _site.CreateAsync("s", "data");

        for (var round = 0; round < 2; round++)
        {
            var answer = await _site.ReadAsync(id, query);
            Assert.Equal((status, "MISS", "no-store"), (answer.Status, answer[Verdict], answer["Cache-Control"]));
        }

        Assert.Equal(0, _site.Cache.Count);
    }

    [Fact]
    public async Task Sse_IsNotKeptAndSaysNothingOfACache()
    {
        await _site.CreateAsync("s", "data");
        await _site.CloseAsync("s");

        for (var round = 0; round < 2; round++)
        {
            var answer = await _site.ReadAsync("s", "offset=-1&live=sse");
            Assert.Equal((200, "no-cache"), (answer.Status, answer["Cache-Control"]));
            Assert.Null(answer[Verdict]);
        }

        Assert.Equal(0, _site.Cache.Count);
    }

    [Fact]
    public async Task ADebugRequest_IsNotKeptAndLeavesTheCacheAlone()
    {
        await _site.CreateAsync("s", Long);

        var debug = await _site.ReadAsync("s", "offset=-1", ("X-Debug-Coalesce", "1"));
        var normal = await _site.ReadAsync("s");

        Assert.Equal((200, "{\"internalReads\":0}", "no-store"), (debug.Status, debug.Body, debug["Cache-Control"]));
        Assert.Null(debug[Verdict]);
        Assert.Equal(("MISS", Long[..16]), (normal[Verdict], normal.Body));
        Assert.Equal("{\"internalReads\":1}", (await _site.ReadAsync("s", "offset=-1", ("X-Debug-Coalesce", "1"))).Body);
    }

    [Fact]
    public async Task ADebugRequest_WhereThatIsOff_IsAReadLikeAnyOther()
    {
        await using var site = await StreamSite.StartAsync();
        await site.CreateAsync("s", Long);
        await site.ReadAsync("s");

        var answer = await site.ReadAsync("s", "offset=-1", ("X-Debug-Coalesce", "1"));

        Assert.Equal(("HIT", Long[..16]), (answer[Verdict], answer.Body));
    }

    [Theory]
    [InlineData("no-cache")]
    [InlineData("no-store")]
    public async Task ClientNoCache_SkipsTheLookupAndFillsTheCache(string directive)
    {
        await _site.CreateAsync("s", "data");

        var bypass = await _site.PollAsync("s", cursor: "init", headers: ("Cache-Control", directive));
        var hit = await _site.PollAsync("s", cursor: "init");
        var again = await _site.PollAsync("s", cursor: "init", headers: ("Cache-Control", directive));
        var still = await _site.PollAsync("s", cursor: "init");

        Assert.Equal(("BYPASS", "HIT", "BYPASS", "HIT"), (bypass[Verdict], hit[Verdict], again[Verdict], still[Verdict]));
        Assert.All([bypass, hit, again, still], answer => Assert.Equal("data", answer.Body));
    }

    [Fact]
    public async Task ClientNoCache_AtTheTail_IsABypassToo()
    {
        await _site.CreateAsync("s", "data");

        Assert.Equal("BYPASS", (await _site.ReadAsync("s", "offset=-1", ("Cache-Control", "no-cache")))[Verdict]);
    }

    [Fact]
    public async Task ClientMaxAgeZero_IsNoBypass()
    {
        await _site.CreateAsync("s", Long);
        await _site.ReadAsync("s");

        Assert.Equal("HIT", (await _site.ReadAsync("s", "offset=-1", ("Cache-Control", "max-age=0")))[Verdict]);
    }

    [Fact]
    public async Task Get_AtTheTailOfAClosedStream_IsNotKept()
    {
        await _site.CreateAsync("s", "data");
        await _site.CloseAsync("s");

        var first = await _site.ReadAsync("s");
        var second = await _site.ReadAsync("s");

        Assert.Equal(("MISS", "MISS"), (first[Verdict], second[Verdict]));
        Assert.Equal("true", first["Stream-Closed"]);
        Assert.Equal(0, _site.Cache.Count);
    }

    // What was written is read.

    [Fact]
    public async Task Get_AtTheTailAfterAnAppend_HasIt()
    {
        await _site.CreateAsync("s", "one");
        var before = await _site.ReadAsync("s");
        await _site.AppendAsync("s", "two");

        Assert.Equal("onetwo", (await _site.ReadAsync("s")).Body);
        Assert.Equal("two", (await _site.ReadAsync("s", $"offset={before["Stream-Next-Offset"]}")).Body);
    }

    // Which requests say nothing of a cache.

    [Fact]
    public async Task MutationsAndHead_SayNothingOfACache()
    {
        var put = await _site.CreateAsync("s", "data");
        var post = await _site.AppendAsync("s", "more");
        var head = await _site.Client.AnswerAsync(HttpMethod.Head, StreamSite.PathOf("s"), content: null);
        var delete = await _site.DeleteAsync("s");

        Assert.All([put, post, head, delete], answer => Assert.Null(answer[Verdict]));
        Assert.Equal("no-store", head["Cache-Control"]);
    }

    // Conditions.

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("\"other\", {0}")]
    [InlineData("*")]
    public async Task IfNoneMatch_OfWhatIsKept_Is304AndAHit(string condition)
    {
        await _site.CreateAsync("s", "data");
        var tag = (await _site.PollAsync("s", cursor: "init"))["ETag"]!;

        var answer = await _site.PollAsync(
            "s",
            cursor: "init",
            headers:
            [
                ("If-None-Match", string.Format(CultureInfo.InvariantCulture, condition, tag)),
                ("Cache-Control", "max-age=0"),
            ]
        );

        Assert.Equal((304, "HIT", "", tag), (answer.Status, answer[Verdict], answer.Body, answer["ETag"]));
        Assert.Equal("public, max-age=20", answer["Cache-Control"]);
        Assert.NotNull(answer["Stream-Next-Offset"]);
    }

    [Fact]
    public async Task IfNoneMatch_OfSomethingElse_GetsTheBody()
    {
        await _site.CreateAsync("s", Long);
        await _site.ReadAsync("s");

        var answer = await _site.ReadAsync("s", "offset=-1", ("If-None-Match", "\"other\""));

        Assert.Equal((200, "HIT", Long[..16]), (answer.Status, answer[Verdict], answer.Body));
    }

    // Cursors.

    [Fact]
    public async Task Cursor_EveryCycle_MakesAnotherUrl()
    {
        await _site.CreateAsync("s", "data");
        var first = await _site.PollAsync("s", cursor: "aaa");
        var waiting = await _site.WaitingAsync(() => _site.PollAsync("s", first["Stream-Next-Offset"]!, first["Stream-Cursor"]));
        await _site.AppendAsync("s", "more");
        var second = await waiting;

        Assert.Equal(("MISS", "MISS", "more"), (first[Verdict], second[Verdict], second.Body));
        Assert.True(Number(second["Stream-Cursor"]) > Number(first["Stream-Cursor"]));
    }

    [Fact]
    public async Task Cursor_OfAKeptAnswer_IsTheSameForAllWhoSentTheSameAndGreaterThanTheirs()
    {
        await _site.CreateAsync("s", "data");
        var first = await _site.PollAsync("s");
        _site.Clock.Advance(TimeSpan.FromSeconds(19));
        var sameUrl = await _site.PollAsync("s");
        var ahead = await _site.PollAsync("s", cursor: first["Stream-Cursor"]);

        Assert.Equal((first["Stream-Cursor"], "HIT"), (sameUrl["Stream-Cursor"], sameUrl[Verdict]));
        Assert.Equal((Number(first["Stream-Cursor"]) + 1, "HIT"), (Number(ahead["Stream-Cursor"]), ahead[Verdict]));
    }

    [Fact]
    public async Task Cursor_OfSse_IsThatOfALongPoll()
    {
        await _site.CreateAsync("s", "data");
        var cursor = (await _site.PollAsync("s", cursor: "1"))["Stream-Cursor"]!;
        using var events = await RawConnection.OpenAsync(_site.Address);

        await events.GetAsync("/v1/stream/s?offset=-1&live=sse&cursor=1");

        Assert.Contains($"\"streamCursor\":\"{cursor}\"", await events.ReadThroughAsync("upToDate"), StringComparison.Ordinal);
    }

    // Lifetimes.

    [Fact]
    public async Task CacheControl_ByKindOfRead_IsTheProtocols()
    {
        await _site.CreateAsync("s", Long);

        Assert.Equal("public, max-age=60, stale-while-revalidate=300", (await _site.ReadAsync("s"))["Cache-Control"]);
        Assert.Equal("public, max-age=20", (await _site.PollAsync("s"))["Cache-Control"]);
        Assert.Equal("no-cache", (await _site.ReadAsync("s", $"offset={StreamSite.Offset(32)}"))["Cache-Control"]);
        await _site.CloseAsync("s");
        Assert.Equal(
            "public, max-age=60, stale-while-revalidate=300",
            (await _site.ReadAsync("s", $"offset={StreamSite.Offset(32)}"))["Cache-Control"]
        );
    }

    [Theory]
    [InlineData("10", "public, max-age=10", "public, max-age=10")]
    [InlineData("30", "public, max-age=30", "public, max-age=20")]
    [InlineData("600", "public, max-age=60", "public, max-age=20")]
    public async Task CacheControl_OfAStreamWithALifetime_IsCappedByIt(string ttl, string page, string poll)
    {
        await _site.CreateAsync("s", Long, ("Stream-TTL", ttl));

        Assert.Equal(page, (await _site.ReadAsync("s"))["Cache-Control"]);
        Assert.Equal(poll, (await _site.PollAsync("s"))["Cache-Control"]);
    }

    [Fact]
    public async Task CacheControl_OfAStreamThatEndsAtAnInstant_IsCappedByWhatIsLeft()
    {
        var end = _site.Clock.GetUtcNow().AddSeconds(90).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await _site.CreateAsync("s", Long, ("Stream-Expires-At", end));
        Assert.Equal("public, max-age=60", (await _site.ReadAsync("s"))["Cache-Control"]);
        _site.Clock.Advance(TimeSpan.FromSeconds(70));

        Assert.Equal("public, max-age=20", (await _site.ReadAsync("s"))["Cache-Control"]);
    }

    [Fact]
    public async Task ETag_OfTheEnd_ChangesWhenTheStreamIsClosed()
    {
        await _site.CreateAsync("s", "data");
        var open = await _site.ReadAsync("s");
        await _site.CloseAsync("s");

        var closed = await _site.ReadAsync("s", "offset=-1", ("If-None-Match", open["ETag"]!));

        Assert.Equal((200, "true"), (closed.Status, closed["Stream-Closed"]));
        Assert.NotEqual(open["ETag"], closed["ETag"]);
    }

    [Fact]
    public async Task Sse_BeforeAMinuteIsAlmostOver_GoesOn()
    {
        await _site.CreateAsync("s", "data");
        using var events = await RawConnection.OpenAsync(_site.Address);
        await events.GetAsync("/v1/stream/s?offset=-1&live=sse", "Connection: close\r\n");
        await events.ReadThroughAsync("upToDate");

        _site.Clock.Advance(TimeSpan.FromSeconds(53));
        await _site.AppendAsync("s", "more");

        Assert.Contains("more", await events.ReadThroughAsync("more"));
    }

    [Fact]
    public async Task Sse_AfterAboutAMinute_Ends()
    {
        await _site.CreateAsync("s", "data");
        using var events = await RawConnection.OpenAsync(_site.Address);
        await events.GetAsync("/v1/stream/s?offset=-1&live=sse", "Connection: close\r\n");
        await events.ReadThroughAsync("upToDate");
        var end = events.ReadToEndAsync();

        // The reader may be on its way to its next wait, and then sees at the clock's next move that its time is over.
        while (!end.IsCompleted)
        {
            _site.Clock.Advance(TimeSpan.FromSeconds(67));
            await Task.Yield();
        }

        await end;
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200_000)]
    public async Task Body_OfAKeptAnswer_IsTheSameByteForByte(int length)
    {
        var text = string.Create(length, 0, static (span, _) => new Random(1).GetItems("abcdefgh".AsSpan(), span));
        await _site.CreateAsync("s", text);

        var first = await _site.PollAsync("s", cursor: "init");
        var second = await _site.PollAsync("s", cursor: "init");

        Assert.Equal(("MISS", "HIT"), (first[Verdict], second[Verdict]));
        Assert.Equal(first.Bytes, second.Bytes);
        Assert.Equal(first["Content-Type"], second["Content-Type"]);
        Assert.StartsWith(first.Body, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutTheCache_ReadsSayNothingOfOne()
    {
        await using var site = await StreamSite.StartAsync(
            new StreamOptions { EdgeCache = false, PageBytes = StreamSite.PageBytes }
        );
        await site.CreateAsync("s", Long);

        var page = await site.ReadAsync("s");
        var poll = await site.PollAsync("s");

        Assert.Equal((Long[..16], Long), (page.Body, poll.Body));
        Assert.Null(page[Verdict]);
        Assert.Null(poll[Verdict]);
        Assert.Equal(0, site.Cache.Count);
    }

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);
}
