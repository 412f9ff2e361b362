using System.Text.Json;
using Selvedge.Server.Streams;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Streams;

/// <summary>Estuaries over HTTP.</summary>
public sealed class EstuaryTests
{
    private const string Json = "application/json";

    [Fact]
    public async Task Publish_ToAnEstuary_AnswersCountsAndArrives()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await FollowAsync(streams, "session", "a");

        var answer = await PublishAsync(streams, "a", """{"n":1}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal("""{"subscribers":1,"delivered":1,"removed":0,"failed":0,"queued":0}""", answer.Body);
        Assert.NotNull(answer["Stream-Next-Offset"]);
        var read = await streams.SendAsync("GET", "/v1/shop/stream/session", streams.Token("read", "session"));
        Assert.Equal("""[{"n":1}]""", read.Body);
    }

    [Fact]
    public async Task Append_ToAFollowedStream_ArrivesTooAndAnswersAsEver()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await FollowAsync(streams, "session", "a");

        var answer = await streams.SendAsync("POST", "/v1/shop/stream/a", streams.Token("write"), "1", Json);
        await PublishAsync(streams, "a", "2");

        Assert.Equal(204, answer.Status);
        Assert.Equal("[1,2]", (await streams.SendAsync("GET", "/v1/shop/stream/session", streams.Token("read"))).Body);
    }

    [Fact]
    public async Task Publish_RepeatedByAProducer_ArrivesOnce()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await FollowAsync(streams, "session", "a");
        (string, string)[] producer = [("Producer-Id", "p"), ("Producer-Epoch", "0"), ("Producer-Seq", "0")];

        var first = await PublishAsync(streams, "a", "1", producer);
        var again = await PublishAsync(streams, "a", "1", producer);

        Assert.Equal((200, 200, "0"), (first.Status, again.Status, again["Producer-Seq"]));
        Assert.Equal("[1]", (await streams.SendAsync("GET", "/v1/shop/stream/session", streams.Token("read"))).Body);
    }

    [Fact]
    public async Task Publish_ThatIsRefused_AnswersAsAnAppend()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a", "[]", Json);

        Assert.Equal(404, (await PublishAsync(streams, "none", "1")).Status);
        Assert.Equal(400, (await PublishAsync(streams, "a", "{")).Status);
        Assert.Equal(400, (await PublishAsync(streams, "__ds/keys", "1")).Status);
    }

    [Fact]
    public async Task Producer_InTheNameOfADelivery_IsRefused()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await FollowAsync(streams, "session", "a");

        var answer = await streams.SendAsync(
            "POST",
            "/v1/shop/stream/session",
            streams.Token("write"),
            "1",
            Json,
            [("Producer-Id", "fanout:1"), ("Producer-Epoch", "999999"), ("Producer-Seq", "0")]
        );

        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task Defect08_FanOut_HasBackPressure()
    {
        await using var streams = await GuardedStreams.StartAsync(new StreamOptions { MaxAwaitedFollowers = 0 });
        await FollowAsync(streams, "e1", "a");

        var answer = await PublishAsync(streams, "a", "1");

        using var counts = JsonDocument.Parse(answer.Body);
        Assert.Equal(1, counts.RootElement.GetProperty("queued").GetInt32());
    }

    [Fact]
    public async Task Estuary_Shown_SaysWhatItFollows()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await FollowAsync(streams, "session", "b/1", "a");

        var answer = await streams.SendAsync("GET", "/v1/shop/estuary/session", streams.Token("read"));

        using var json = JsonDocument.Parse(answer.Body);
        Assert.Equal("/v1/shop/stream/session", json.RootElement.GetProperty("stream").GetString());
        Assert.Equal(86_400, json.RootElement.GetProperty("ttlSeconds").GetInt32());
        Assert.Equal(["a", "b/1"], json.RootElement.GetProperty("streams").EnumerateArray().Select(stream => stream.GetString()));
    }

    [Fact]
    public async Task Estuary_AtItsEnd_IsGone()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await FollowAsync(streams, "session", "a");

        streams.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(404, (await streams.SendAsync("GET", "/v1/shop/estuary/session", streams.Token("read"))).Status);
    }

    [Fact]
    public async Task Estuary_MadeAgain_LivesOn()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await FollowAsync(streams, "session", "a");
        streams.Clock.Advance(TimeSpan.FromHours(23));

        Assert.Equal(200, (await streams.SendAsync("PUT", "/v1/shop/estuary/session", streams.Token("write"))).Status);
        streams.Clock.Advance(TimeSpan.FromHours(23));

        Assert.Equal(200, (await streams.SendAsync("GET", "/v1/shop/estuary/session", streams.Token("read"))).Status);
    }

    [Fact]
    public async Task Estuary_Deleted_IsGoneWithItsStream()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await FollowAsync(streams, "session", "a");

        Assert.Equal(204, (await streams.SendAsync("DELETE", "/v1/shop/estuary/session", streams.Token("write"))).Status);
        Assert.Equal(404, (await streams.SendAsync("GET", "/v1/shop/stream/session", streams.Token("read"))).Status);
        Assert.Equal(404, (await streams.SendAsync("DELETE", "/v1/shop/estuary/session", streams.Token("write"))).Status);
    }

    [Theory]
    [InlineData("PUT", "/v1/shop/estuary/a%20b", 400)]
    [InlineData("PUT", "/v1/shop/estuary/publish", 400)]
    [InlineData("PUT", "/v1/shop/estuary/", 400)]
    [InlineData("POST", "/v1/shop/estuary/session", 405)]
    [InlineData("GET", "/v1/shop/estuary/publish/a", 405)]
    [InlineData("POST", "/v1/shop/estuary/session/streams/a", 405)]
    [InlineData("PUT", "/v1/shop/estuary/none/streams/a", 404)]
    [InlineData("PUT", "/v1/shop/estuary/session/streams/none", 404)]
    [InlineData("PUT", "/v1/shop/estuary/session/streams/__ds/keys", 400)]
    [InlineData("PUT", "/v1/shop/estuary/session/streams/session", 409)]
    [InlineData("PUT", "/v1/shop/estuary/session/streams/text", 409)]
    [InlineData("PUT", "/v1/shop/estuary/text", 409)]
    [InlineData("PUT", "/v1/shop/estuary/session/streams/a", 204)]
    [InlineData("DELETE", "/v1/shop/estuary/session/streams/a", 204)]
    [InlineData("DELETE", "/v1/shop/estuary/session/streams/b", 404)]
    [InlineData("GET", "/v1/shop/estuary/session/other", 404)]
    public async Task Estuary_Requests_AreAnsweredWith(string method, string target, int status)
    {
        await using var streams = await GuardedStreams.StartAsync();
        await FollowAsync(streams, "session", "a");
        await streams.CreateAsync("/v1/shop/stream/text");

        Assert.Equal(status, (await streams.SendAsync(method, target, streams.Token("write"))).Status);
    }

    [Theory]
    [InlineData("PUT", "/v1/shop/estuary/session")]
    [InlineData("GET", "/v1/shop/estuary/session")]
    [InlineData("DELETE", "/v1/shop/estuary/session")]
    [InlineData("PUT", "/v1/shop/estuary/session/streams/a")]
    [InlineData("POST", "/v1/shop/estuary/publish/a")]
    public async Task Estuary_WithoutToken_IsRefused(string method, string target)
    {
        await using var streams = await GuardedStreams.StartAsync();

        Assert.Equal(401, (await streams.SendAsync(method, target)).Status);
        Assert.Equal(method is "GET" ? 404 : 403, (await streams.SendAsync(method, target, streams.Token("read"))).Status);
    }

    [Theory]
    [InlineData("GET", "/v1/shop/estuary/session", 403)]
    [InlineData("PUT", "/v1/shop/estuary/session", 403)]
    [InlineData("DELETE", "/v1/shop/estuary/session", 403)]
    [InlineData("PUT", "/v1/shop/estuary/mine", 201)]
    [InlineData("PUT", "/v1/shop/estuary/mine/streams/a", 403)]
    [InlineData("PUT", "/v1/shop/estuary/session/streams/mine", 403)]
    [InlineData("DELETE", "/v1/shop/estuary/session/streams/a", 403)]
    [InlineData("POST", "/v1/shop/estuary/publish/a", 403)]
    [InlineData("POST", "/v1/shop/estuary/publish/mine", 404)]
    public async Task Defect09_StreamIdClaim_IsEnforcedOnEstuaries(string method, string target, int status)
    {
        await using var streams = await GuardedStreams.StartAsync();
        await FollowAsync(streams, "session", "a");

        Assert.Equal(status, (await streams.SendAsync(method, target, streams.Token("manage", "mine"))).Status);
    }

    [Fact]
    public async Task Estuary_OfTheDefaultProject_HasTheShortPath()
    {
        await using var streams = await GuardedStreams.StartAsync(new StreamOptions { Auth = StreamAuth.None });

        var answer = await streams.SendAsync("PUT", "/v1/estuary/session");

        Assert.Equal(201, answer.Status);
        Assert.Contains("\"/v1/stream/session\"", answer.Body, StringComparison.Ordinal);
    }

    private static async Task FollowAsync(GuardedStreams streams, string estuary, params string[] followed)
    {
        var made = await streams.SendAsync("PUT", $"/v1/shop/estuary/{estuary}", streams.Token("write"));
        Assert.Equal(201, made.Status);
        foreach (var stream in followed)
        {
            await streams.CreateAsync($"/v1/shop/stream/{stream}", "[]", Json);
            var target = $"/v1/shop/estuary/{estuary}/streams/{stream}";
            Assert.Equal(204, (await streams.SendAsync("PUT", target, streams.Token("write"))).Status);
        }
    }

    private static Task<HttpAnswer> PublishAsync(
        GuardedStreams streams,
        string stream,
        string body,
        params (string, string)[] headers
    ) => streams.SendAsync("POST", $"/v1/shop/estuary/publish/{stream}", streams.Token("write"), body, Json, headers);
}
