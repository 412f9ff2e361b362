using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests;

/// <summary>What a function sees of a request.</summary>
public sealed class RequestTests
{
    private const string ShowsRequest =
        "export default (req, res) => res.end(JSON.stringify({ method: req.method, url: req.url, headers: req.headers, raw: req.rawHeaders, distinct: req.headersDistinct }))";

    private const string CountsBytes =
        "export default async (req, res) => { let n = 0; for await (const c of req) n += c.length; res.end(`${n} ${req.headers['content-length']} ${req.headers['transfer-encoding']}`); }";

    [Theory]
    [InlineData("/")]
    [InlineData("/a/../b/./c//d")]
    [InlineData("/%2e%2E/%41?x=%7E&y=a+b&&z")]
    [InlineData("//evil.example/x")]
    [InlineData("/a\\b|c\"d<e>f`g{h}i^j[k]")]
    [InlineData("/?a=b#c?d")]
    public async Task Target_IsSeenAsItIs(string target)
    {
        await using var host = new TestHost();

        var seen = await SeeAsync(host, target);

        Assert.Equal(target, seen.GetProperty("url").GetString());
    }

    [Theory]
    [InlineData("/a b\r\nx: y", "/a%20b%0D%0Ax:%20y")]
    [InlineData("/ü", "/%C3%BC")]
    [InlineData("no-slash", "/no-slash")]
    public async Task Target_ThatWouldBreakTheRequestLine_IsEncoded(string target, string expected)
    {
        await using var host = new TestHost();

        var seen = await SeeAsync(host, target);

        Assert.Equal(expected, seen.GetProperty("url").GetString());
    }

    [Fact]
    public async Task Get_WithoutBody_ShowsNoTraceOfOurFraming()
    {
        await using var host = new TestHost();

        var seen = await SeeAsync(host, "/", ("x-a", "b"));

        Assert.Equal("""{"host":"localhost","x-a":"b","x-vercel-id":"r1"}""", Sorted(seen.GetProperty("headers")));
        Assert.Equal("""{"host":["localhost"],"x-a":["b"],"x-vercel-id":["r1"]}""", Sorted(seen.GetProperty("distinct")));
        Assert.Equal(6, seen.GetProperty("raw").GetArrayLength());
    }

    [Fact]
    public async Task Headers_OfOneConnectionOrOurOwn_AreNotSeen()
    {
        await using var host = new TestHost();

        var seen = await SeeAsync(
            host,
            "/",
            ("Connection", "close, x-kept"),
            ("x-kept", "1"),
            ("Transfer-Encoding", "chunked"),
            ("Upgrade", "websocket"),
            ("TE", "trailers"),
            ("Expect", "100-continue"),
            ("Content-Length", "77"),
            ("x-selvedge-error", "x"),
            ("x-vercel-id", "forged"),
            ("bad name", "x"),
            ("x-injected", "a\r\nb: c")
        );

        Assert.Equal("""{"host":"localhost","x-kept":"1","x-vercel-id":"r1"}""", Sorted(seen.GetProperty("headers")));
    }

    [Fact]
    public async Task Headers_KeepTheirBytesAndTheirRepetition()
    {
        await using var host = new TestHost();

        var seen = await SeeAsync(
            host,
            "/",
            ("cookie", "a=1"),
            ("cookie", "b=2"),
            ("x-latin", "caf\u00e9"),
            ("accept", "a"),
            ("accept", "b")
        );

        var headers = seen.GetProperty("headers");
        Assert.Equal("a=1; b=2", headers.GetProperty("cookie").GetString());
        Assert.Equal("caf\u00e9", headers.GetProperty("x-latin").GetString());
        Assert.Equal("a, b", headers.GetProperty("accept").GetString());
    }

    [Fact]
    public async Task Host_IsTheForwardedHost()
    {
        await using var host = new TestHost();

        var seen = await SeeAsync(host, "/", ("host", "inner"), ("x-forwarded-host", "outer.test:8080"));

        Assert.Equal("outer.test:8080", seen.GetProperty("headers").GetProperty("host").GetString());
    }

    [Fact]
    public async Task Headers_WithinTheLimit_AreSeen()
    {
        await using var host = new TestHost();
        var value = new string('x', 60 * 1024);

        var seen = await SeeAsync(host, "/", ("x-large", value));

        Assert.Equal(value, seen.GetProperty("headers").GetProperty("x-large").GetString());
    }

    [Fact]
    public async Task Headers_BeyondTheLimit_FailWithoutTheFunction()
    {
        await using var host = new TestHost();

        var outcome = await host.SendAsync(host.Write("this is no module"), headers: [("x-large", new string('x', 65 * 1024))]);

        Assert.Equal(FunctionFailureReason.RequestHeadersTooLarge, outcome.Failure?.Reason);
    }

    [Fact]
    public async Task Headers_InThousands_AreAllSeen()
    {
        await using var host = new TestHost();
        var headers = Enumerable.Range(0, 3000).Select(i => ($"x-{i}", "v")).ToArray();

        var seen = await SeeAsync(host, "/", headers);

        Assert.Equal("v", seen.GetProperty("headers").GetProperty("x-2999").GetString());
    }

    [Theory]
    [InlineData(5, "5 5 undefined")]
    [InlineData(null, "5 undefined chunked")]
    public async Task Body_IsFramedByWhatIsKnownOfItsLength(int? length, string expected)
    {
        await using var host = new TestHost();

        var outcome = await host.SendAsync(host.Write(CountsBytes), "/", "POST", new MemoryStream("hello"u8.ToArray()), length);

        Assert.Equal(expected, (await TestResponse.ReadAsync(outcome)).Text);
    }

    [Fact]
    public async Task Body_OfAPostWithoutOne_HasLengthZero()
    {
        await using var host = new TestHost();

        var response = await host.GetAsync(host.Write(CountsBytes), "/", "POST");

        Assert.Equal("0 0 undefined", response.Text);
    }

    [Theory]
    [InlineData("export default (req, res) => req.pipe(res)")]
    [InlineData("export const POST = (request) => new Response(request.body)")]
    public async Task Body_OfFiftyMegabytes_IsEchoed(string source)
    {
        await using var host = new TestHost();
        var bytes = new byte[50 * 1024 * 1024];
        new Random(1).NextBytes(bytes);

        var outcome = await host.SendAsync(host.Write(source), "/", "POST", new MemoryStream(bytes));

        await using var response = outcome.Response!;
        Assert.Equal(SHA256.HashData(bytes), await SHA256.HashDataAsync(response.Body));
        Assert.DoesNotContain(host.Logs.Entries, entry => entry.Category == "Selvedge.Functions.Output");
    }

    [Theory]
    [InlineData("export default (req, res) => req.on('data', (c) => console.log(`got ${c}`)).on('end', () => res.end('done'))")]
    [InlineData(
        "export const POST = async ({ body }) => { for await (const c of body) console.log(`got ${new TextDecoder().decode(c)}`); return new Response('done'); }"
    )]
    public async Task Body_ThatComesInPieces_IsSeenPieceByPiece(string source)
    {
        await using var host = new TestHost();
        var pipe = new Pipe();

        var sending = host.SendAsync(host.Write(source), "/", "POST", pipe.Reader.AsStream());
        await pipe.Writer.WriteAsync("one"u8.ToArray());
        await host.Logs.WaitAsync("got one");
        await pipe.Writer.WriteAsync("two"u8.ToArray());
        await host.Logs.WaitAsync("got two");
        await pipe.Writer.CompleteAsync();

        Assert.Equal("done", (await TestResponse.ReadAsync(await sending)).Text);
    }

    [Fact]
    public async Task Body_ThatTheFunctionDoesNotRead_DoesNotHoldItsResponse()
    {
        await using var host = new TestHost();
        var function = host.Write("export const POST = () => new Response('no thanks', { status: 413 })");

        var outcome = await host.SendAsync(function, "/", "POST", new MemoryStream(new byte[8 * 1024 * 1024]));

        Assert.Equal(413, (await TestResponse.ReadAsync(outcome)).Status);
    }

    [Theory]
    [InlineData("export const POST = () => new Response('ok'); export const GET = POST;")]
    [InlineData(
        "export default (req, res) => { if (req.method === 'GET') res.end('ok'); else req.once('data', () => { req.pause(); res.end('ok'); }); }"
    )]
    public async Task Body_ThatTheFunctionDoesNotReadWhole_DoesNotHoldTheNextRequest(string source)
    {
        await using var host = new TestHost();
        var function = host.Write(source);

        // More than Node.js reads ahead and less than a socket holds: all of it is sent, and stays unread.
        var outcome = await host.SendAsync(function, "/", "POST", new MemoryStream(new byte[150_000]), 150_000);

        Assert.Equal("ok", (await TestResponse.ReadAsync(outcome)).Text);
        Assert.Equal("ok", (await host.GetAsync(function)).Text);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Body_OfAnotherLengthThanAnnounced_IsTheClientsFault(long announced)
    {
        await using var host = new TestHost();
        var function = host.Write(CountsBytes);

        var outcome = await host.SendAsync(function, "/", "POST", new MemoryStream("hello"u8.ToArray()), announced);

        Assert.Equal(FunctionFailureReason.ClientGone, outcome.Failure?.Reason);
        Assert.Equal("0 undefined undefined", (await host.GetAsync(function)).Text);
    }

    [Theory]
    [InlineData(11L)]
    [InlineData(null)]
    public async Task Body_BeyondTheLimit_Fails(long? length)
    {
        await using var host = new TestHost(options => options with { MaxRequestBodyBytes = 10 });

        var outcome = await host.SendAsync(host.Write(CountsBytes), "/", "POST", new MemoryStream(new byte[11]), length);

        Assert.Equal(FunctionFailureReason.RequestBodyTooLarge, outcome.Failure?.Reason);
    }

    [Fact]
    public async Task Body_ThatBreaksOff_IsTheClientsFault()
    {
        await using var host = new TestHost();
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("half"u8.ToArray());
        await pipe.Writer.CompleteAsync(new IOException("The client reset the connection."));

        var outcome = await host.SendAsync(host.Write(CountsBytes), "/", "POST", pipe.Reader.AsStream());

        Assert.Equal(FunctionFailureReason.ClientGone, outcome.Failure?.Reason);
    }

    [Fact]
    public async Task WebRequest_HasHeadersBodyAndNoFraming()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export const PUT = async (r) => Response.json([[...r.headers.keys()], await r.text(), r.bodyUsed, r.headers.get('cookie')])"
        );

        var outcome = await host.SendAsync(
            function,
            "/",
            "PUT",
            new MemoryStream(Encoding.UTF8.GetBytes("ünï")),
            headers: [("cookie", "a=1"), ("x-a", "b")]
        );

        Assert.Equal(
            """[["cookie","host","x-a","x-vercel-id"],"ünï",true,"a=1"]""",
            (await TestResponse.ReadAsync(outcome)).Text
        );
    }

    private static async Task<JsonElement> SeeAsync(TestHost host, string target, params (string, string)[] headers)
    {
        var response = await host.GetAsync(host.Write(ShowsRequest), target, "GET", headers);
        return JsonDocument.Parse(response.Bytes).RootElement;
    }

    private static string Sorted(JsonElement element) =>
        JsonSerializer.Serialize(
            new SortedDictionary<string, JsonElement>(
                element.EnumerateObject().ToDictionary(property => property.Name, property => property.Value),
                StringComparer.Ordinal
            )
        );
}
