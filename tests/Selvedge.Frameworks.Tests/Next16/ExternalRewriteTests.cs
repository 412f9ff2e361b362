using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Next16;

public sealed class ExternalRewriteTests(NextSite site)
{
    [Fact]
    public async Task Get_ReachesTheOriginWithPathAndQuery()
    {
        var answer = await site.GetAsync("/proxy/a/b%20c?x=1&y=2", ("x-probe", "thread"));

        var request = Received(answer);
        Assert.Equal(200, answer.Status);
        Assert.Equal("fake", answer["x-origin"]);
        Assert.Equal("GET", request.Method);
        Assert.Equal("/proxied/a/b%20c?x=1&y=2", request.Target);
        Assert.Equal("thread", Header(request, "x-probe"));
    }

    [Fact]
    public async Task Get_TellsTheOriginItsOwnHostAndWhoAsked()
    {
        var answer = await site.GetAsync("/proxy/host", ("host", "shop.example"));

        var request = Received(answer);
        Assert.Equal(site.Origin.BaseAddress.Authority, Header(request, "host"));
        Assert.Equal("shop.example", Header(request, "x-forwarded-host"));
        Assert.Equal("http", Header(request, "x-forwarded-proto"));
    }

    [Fact]
    public async Task Post_ReachesTheOriginWithItsBody()
    {
        using var body = new StringContent("shuttle");

        var answer = await site.Client.AnswerAsync(HttpMethod.Post, "/proxy/form", body);

        var request = Received(answer);
        Assert.Equal("POST", request.Method);
        Assert.Equal("shuttle", request.Body);
    }

    [Fact]
    public async Task Answer_KeepsStatusAndEveryCookie()
    {
        var answer = await site.GetAsync("/proxy/teapot");

        Assert.Equal(418, answer.Status);
        Assert.Equal(["one=1; Path=/", "two=2; Path=/"], answer.All("set-cookie"));
    }

    [Fact]
    public async Task Fallback_ReachesTheOriginWhenNothingElseAnswers()
    {
        var answer = await site.GetAsync("/fallback/a?x=1");

        Assert.Equal("/fallback/a?x=1", Received(answer).Target);
    }

    private static RecordedRequest Received(HttpAnswer answer) => JsonSerializer.Deserialize<RecordedRequest>(answer.Body)!;

    private static string? Header(RecordedRequest request, string name) =>
        request.Headers.SingleOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
