using Microsoft.AspNetCore.Server.Kestrel.Core;
using Selvedge.Server.Streams;

namespace Selvedge.Server.Tests.Streams;

/// <summary>Streams over HTTP/2 with prior knowledge, and what answers tell of themselves.</summary>
public sealed class TransportTests
{
    [Fact]
    public async Task Http2_AppendAndRead_AreTheSame()
    {
        await using var streams = await GuardedStreams.StartAsync(protocols: HttpProtocols.Http2);
        await streams.CreateAsync("/v1/shop/stream/a", "one;");

        var appended = await streams.SendAsync("POST", "/v1/shop/stream/a", streams.Token("write"), "two;");
        var read = await streams.SendAsync("GET", "/v1/shop/stream/a", streams.Token("read"));
        var known = await streams.SendAsync(
            "GET",
            "/v1/shop/stream/a",
            streams.Token("read"),
            headers: ("If-None-Match", read["ETag"]!)
        );

        Assert.Equal((204, "one;two;", 304), (appended.Status, read.Body, known.Status));
    }

    [Fact]
    public async Task Http2_LongPoll_IsAnsweredByTheNextAppend()
    {
        await using var streams = await GuardedStreams.StartAsync(protocols: HttpProtocols.Http2);
        await streams.CreateAsync("/v1/shop/stream/a");

        var waiting = streams.SendAsync("GET", "/v1/shop/stream/a?offset=now&live=long-poll", streams.Token("read"));
        await streams.Clock.WaitForTimersAsync(2);
        await streams.SendAsync("POST", "/v1/shop/stream/a", streams.Token("write"), "news");

        Assert.Equal("news", (await waiting).Body);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task Sse_EventByEvent_FollowsTheStream(HttpProtocols protocols)
    {
        await using var streams = await GuardedStreams.StartAsync(protocols: protocols);
        await streams.CreateAsync("/v1/shop/stream/a", "one");

        // As EventSource does it: no header, the token in the URL.
        using var response = await streams.Client.GetAsync(
            $"/v1/shop/stream/a?offset=-1&live=sse&token={streams.Token("read")}",
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Contains("data:one", await ReadEventAsync(reader), StringComparison.Ordinal);
        Assert.Contains("streamNextOffset", await ReadEventAsync(reader), StringComparison.Ordinal);

        await streams.SendAsync("POST", "/v1/shop/stream/a", streams.Token("write"), "two", headers: ("Stream-Closed", "true"));

        Assert.Contains("data:two", await ReadEventAsync(reader), StringComparison.Ordinal);
        Assert.Contains("streamClosed", await ReadEventAsync(reader), StringComparison.Ordinal);
        Assert.Null(await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal("private, no-cache", response.Headers.NonValidated["Cache-Control"].ToString());
    }

    [Fact]
    public async Task ServerTiming_TurnedOn_SaysWhereTheTimeWent()
    {
        await using var streams = await GuardedStreams.StartAsync(new StreamOptions { ServerTiming = true });
        await streams.CreateAsync("/v1/shop/stream/a");

        var answer = await streams.SendAsync("GET", "/v1/shop/stream/a", streams.Token("read"));

        Assert.Equal("auth;dur=0.000, total;dur=0.000", answer["Server-Timing"]);
    }

    [Fact]
    public async Task ServerTiming_ByDefault_IsNotTold()
    {
        await using var streams = await GuardedStreams.StartAsync();

        Assert.Null((await streams.SendAsync("GET", "/health"))["Server-Timing"]);
    }

    private static async Task<string> ReadEventAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } line)
            lines.Add(line);
        return string.Join('\n', lines);
    }
}
