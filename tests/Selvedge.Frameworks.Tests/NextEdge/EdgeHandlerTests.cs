using System.Text;
using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.NextEdge;

/// <summary>Route handlers, an API route and a page with <c>runtime = 'edge'</c>.</summary>
public sealed class EdgeHandlerTests(NextEdgeSite site)
{
    [Fact]
    public async Task Get_SeesQueryAndCookies_AndSetsItsOwn()
    {
        var answer = await site.GetAsync("/api/echo?a=1&b=two%20words", ("cookie", "thread=red"));

        Assert.Equal((200, "edge"), (answer.Status, answer["x-echo"]));
        Assert.Equal("echo=edge; Path=/; HttpOnly", answer["set-cookie"]);
        Assert.Equal(
            """{"runtime":"string","method":"GET","path":"/api/echo","query":{"a":"1","b":"two words"},"fromMiddleware":null,"thread":"red","body":""}""",
            answer.Body
        );
    }

    [Fact]
    public async Task Post_SeesTheBody()
    {
        var body = new string('é', 200_000);
        using var content = new StringContent(body, Encoding.UTF8, "text/plain");

        var answer = await site.Client.AnswerAsync(HttpMethod.Post, "/api/echo", content);

        Assert.Equal(body, JsonDocument.Parse(answer.Body).RootElement.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Parameter_IsDecoded() =>
        Assert.Equal("""{"id":"warp & weft"}""", (await site.GetAsync("/api/items/warp%20%26%20weft")).Body);

    [Fact]
    public async Task Method_WithoutAHandler_Is405()
    {
        var answer = await site.Client.AnswerAsync(HttpMethod.Delete, "/api/echo", content: null);

        Assert.Equal(405, answer.Status);
    }

    [Fact]
    public async Task Wasm_OfTheBuild_Runs() => Assert.Equal("42", (await site.GetAsync("/api/wasm")).Body);

    [Fact]
    public async Task Image_IsDrawnWithTheBuildsFontAndWasm()
    {
        var answer = await site.GetAsync("/api/og");

        Assert.Equal((200, "image/png"), (answer.Status, answer["content-type"]));
        Assert.Equal([0x89, .. "PNG"u8], answer.Bytes[..4]);
    }

    [Fact]
    public async Task ApiRoute_OfThePagesRouter_Answers() =>
        Assert.Equal("legacy:1:string", (await site.GetAsync("/api/legacy?q=1")).Body);

    [Fact]
    public async Task Page_IsRenderedOnTheEdge()
    {
        var answer = await site.GetAsync("/edge?by=me", ("user-agent", "weaver"));

        Assert.Equal(200, answer.Status);
        Assert.Contains("edge:string<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("by:me<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("agent:weaver<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_GivesItsPayloadToTheRouter()
    {
        var answer = await site.GetAsync("/edge?by=me", ("rsc", "1"));

        Assert.Equal((200, "text/x-component"), (answer.Status, answer["content-type"]));
    }

    [Fact]
    public async Task Stream_LeavesAsItIsWritten()
    {
        var (gate, until) = site.NewGate();
        using var connection = await RawConnection.OpenAsync(site.BaseAddress);
        await connection.GetAsync($"/api/stream?until={until}", "Connection: close\r\n");

        var head = await connection.ReadThroughAsync("first");
        await gate.ArrivalAsync();
        Assert.DoesNotContain("second", head + connection.Pending, StringComparison.Ordinal);
        gate.Open();

        Assert.Contains("second", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_RunsOnceTheAnswerIsSent()
    {
        var (gate, then) = site.NewGate();

        var answer = await site.GetAsync($"/api/after?then={then}");
        await gate.ArrivalAsync();
        gate.Open();

        Assert.Equal("""{"answered":true}""", answer.Body);
    }

    [Fact]
    public async Task Client_ThatGoesAway_CancelsTheStream()
    {
        var (cancelled, then) = site.NewGate();
        using (var connection = await RawConnection.OpenAsync(site.BaseAddress))
        {
            await connection.GetAsync($"/api/endless?then={then}");
            await connection.ReadThroughAsync("first");
        }

        await cancelled.ArrivalAsync();
        cancelled.Open();
    }
}
