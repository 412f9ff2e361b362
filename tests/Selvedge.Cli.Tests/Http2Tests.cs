using System.Net;
using System.Text;
using Selvedge.Testing;

namespace Selvedge.Cli.Tests;

/// <summary>What clients with prior knowledge get over HTTP/2: the same as everybody else.</summary>
public sealed class Http2Tests(Http2Site site) : IClassFixture<Http2Site>
{
    // What a client says first (RFC 9113 section 3.4), with a SETTINGS frame that sets nothing.
    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_AStaticFile_IsServed()
    {
        var answer = await site.Client.AnswerAsync("/page.html");

        Assert.Equal((200, "<p>page</p>"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Post_ToAFunction_StreamsBothWaysAtOnce()
    {
        using var body = new HeldBody();
        using var request = Request(HttpMethod.Post, "/echo", body);
        var asking = site.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);

        await body.WriteAsync("one ");
        using var response = await asking;
        await using var echo = await response.Content.ReadAsStreamAsync(Stop);
        var first = await ReadAsync(echo, 4);
        await body.WriteAsync("two");
        body.End();

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal("one ", first);
        Assert.Equal("two.", await ReadAsync(echo, 4));
    }

    [Fact]
    public async Task Get_FromAFunction_HasNoHeadersOfAConnection()
    {
        var answer = await site.Client.AnswerAsync("/echo");

        Assert.Equal("1.1", answer["x-http"]);
        string[] ofConnections = ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"];
        Assert.All(ofConnections, name => Assert.Null(answer[name]));
    }

    [Fact]
    public async Task Get_WithSplitCookies_AFunctionSeesOneField()
    {
        using var client = await RawConnection.OpenAsync(site.Http2Address);

        // GET /head with two fields of cookies, as RFC 9113 section 8.2.3 lets clients send them; literals of HPACK, static indices.
        const string fields = "\u0082\u0086\u0004\u0005/head\u0001\u0001x\u000f\u0011\u0003a=1\u000f\u0011\u0003b=2";
        await client.SendAsync($"{Preface}\0\0{(char)fields.Length}\u0001\u0005\0\0\0\u0001{fields}");

        await client.ReadThroughAsync("\"cookie\":\"a=1; b=2\"");
    }

    [Fact]
    public async Task Get_EarlyHints_LeaveTheConnectionWhole()
    {
        var first = await site.Client.AnswerAsync("/hints");
        var second = await site.Client.AnswerAsync("/hints");

        Assert.Equal((200, "late"), (first.Status, first.Body));
        Assert.Equal((200, "late"), (second.Status, second.Body));
    }

    [Fact]
    public async Task Stream_WrittenInPieces_IsReadBack()
    {
        await CreateAsync("/v1/stream/pieces");
        using var body = new HeldBody();
        using var request = Request(HttpMethod.Post, "/v1/stream/pieces", body);
        body.Headers.ContentType = new("text/plain");
        var appending = site.Client.SendAsync(request, Stop);
        await body.WriteAsync("one ");
        await body.WriteAsync("two");
        body.End();
        using var appended = await appending;

        Assert.Equal(HttpStatusCode.NoContent, appended.StatusCode);
        Assert.Equal("one two", (await site.Client.AnswerAsync("/v1/stream/pieces?offset=-1")).Body);
    }

    [Fact]
    public async Task LongPoll_AtTheTail_GetsWhatIsWrittenOverTheSameConnection()
    {
        var tail = await CreateAsync("/v1/stream/poll");
        var polls = Enumerable
            .Range(0, 5)
            .Select(_ => site.Client.AnswerAsync($"/v1/stream/poll?offset={tail}&live=long-poll"))
            .ToList();

        await AppendAsync("/v1/stream/poll", "news");

        Assert.All(await Task.WhenAll(polls), answer => Assert.Equal((200, "news"), (answer.Status, answer.Body)));
    }

    [Fact]
    public async Task Sse_FollowsWrites()
    {
        await CreateAsync("/v1/stream/sse");
        using var request = Request(HttpMethod.Get, "/v1/stream/sse?offset=-1&live=sse");
        using var response = await site.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));

        await AppendAsync("/v1/stream/sse", "news");

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await FindAsync(events, "data:news");
    }

    [Fact]
    public async Task Settings_SayHowManyRequestsAConnectionMayHave()
    {
        using var client = await RawConnection.OpenAsync(site.Http2Address);
        await client.SendAsync(Preface);

        // SETTINGS_MAX_CONCURRENT_STREAMS is identifier 3 (RFC 9113 section 6.5.2).
        const string sevenStreams = "\0\u0003\0\0\0\u0007";
        Assert.EndsWith(sevenStreams, await client.ReadThroughAsync(sevenStreams), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http11_OnTheAddressForHttp2_IsRefused()
    {
        using var refused = PlainHttp.CreateClient(site.Http2Address);
        using var served = PlainHttp.CreateClient(site.Http1Address);

        Assert.Equal(400, (await refused.AnswerAsync("/page.html")).Status);
        Assert.Equal(200, (await served.AnswerAsync("/page.html")).Status);
    }

    [Fact]
    public async Task Serve_Http2UrlsThatAreFaulty_AreToldAllAtOnce()
    {
        var result = await CommandProcess.RunAsync(
            "serve",
            "--urls",
            "http://127.0.0.1:3999",
            "--http2-urls",
            "nonsense;https://localhost:1;http://127.0.0.1:3999"
        );

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Http2Urls: 'nonsense' is not an address", result.Error, StringComparison.Ordinal);
        Assert.Contains("Http2Urls: 'https://localhost:1': only http", result.Error, StringComparison.Ordinal);
        Assert.Contains("Http2Urls: 'http://127.0.0.1:3999' is in Urls too", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_OpenStreamsOnTheNetworkByHttp2_AreAFault()
    {
        string[] arguments = ["serve", "--urls", "http://127.0.0.1:0", "--http2-urls", "http://*:0"];

        var result = await CommandProcess.RunAsync(
            arguments,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["SELVEDGE_STREAMS__AUTH"] = "none" }
        );

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Streams:Auth: none would let everybody", result.Error, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(HttpMethod method, string target, HttpContent? content = null) =>
        new(method, target)
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

    private async Task<string> CreateAsync(string path)
    {
        using var type = Text("");
        var created = await site.Client.AnswerAsync(HttpMethod.Put, path, type);
        Assert.Equal(201, created.Status);
        return created["stream-next-offset"]!;
    }

    private async Task AppendAsync(string path, string text)
    {
        using var content = Text(text);
        Assert.Equal(204, (await site.Client.AnswerAsync(HttpMethod.Post, path, content)).Status);
    }

    private static StringContent Text(string text) => new(text, new System.Net.Http.Headers.MediaTypeHeaderValue("text/plain"));

    private static async Task<string> ReadAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, Stop);
        return Encoding.ASCII.GetString(bytes);
    }

    private static async Task FindAsync(StreamReader events, string line)
    {
        while (await events.ReadLineAsync(Stop) is { } read)
        {
            if (read == line)
                return;
        }

        Assert.Fail($"'{line}' did not come.");
    }
}
