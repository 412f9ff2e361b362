using Selvedge.Server.Streams;
using Selvedge.Streams.Projects;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Streams;

/// <summary>Which scripts of other origins may use streams.</summary>
public sealed class CorsTests
{
    private const string App = "https://app.example";

    [Fact]
    public async Task Defect08_WithoutOrigins_NobodyElseMay()
    {
        await using var streams = await GuardedStreams.StartAsync();

        Assert.Null((await AskAsync(streams, App))["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Origin_OfTheProject_IsNamedAndTheAnswerVaries()
    {
        await using var streams = await AllowAsync(App);

        var answer = await AskAsync(streams, App);

        Assert.Equal((App, "Origin"), (answer["Access-Control-Allow-Origin"], answer["Vary"]));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("http://app.example")]
    [InlineData("https://app.example:8443")]
    [InlineData("null")]
    [InlineData("*")]
    [InlineData("")]
    public async Task Origin_OfNobody_IsNotNamedButTheAnswerVaries(string origin)
    {
        await using var streams = await AllowAsync(App);

        var answer = await AskAsync(streams, origin);

        Assert.Equal((null, "Origin"), (answer["Access-Control-Allow-Origin"], answer["Vary"]));
    }

    [Fact]
    public async Task Origins_OfServerAndProject_AreAddedUp()
    {
        await using var streams = await AllowAsync(App, new StreamOptions { CorsOrigins = ["https://all.example"] });

        Assert.Equal(App, (await AskAsync(streams, App))["Access-Control-Allow-Origin"]);
        Assert.Equal("https://all.example", (await AskAsync(streams, "https://all.example"))["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Origins_OfOneProject_MayNotUseAnother()
    {
        await using var streams = await AllowAsync(App);
        streams.Projects.Create(new Project("other"));

        Assert.Null((await AskAsync(streams, App, "/v1/other/stream/a"))["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Origins_Star_IsEveryOneAndNeedsNoVary()
    {
        await using var streams = await AllowAsync("*");

        var answer = await AskAsync(streams, App);

        Assert.Equal(("*", null), (answer["Access-Control-Allow-Origin"], answer["Vary"]));
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("GET")]
    public async Task Defect14_PublicInTheUrl_OpensNothing(string method)
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a?public=true");

        var answer = await streams.SendAsync(method, "/v1/shop/stream/a?public=true", headers: ("Origin", App));

        Assert.Null(answer["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Preflight_NeedsNoToken()
    {
        await using var streams = await AllowAsync(App);

        var answer = await streams.SendAsync("OPTIONS", "/v1/shop/stream/a", headers: ("Origin", App));

        Assert.Equal(
            (204, App, "86400"),
            (answer.Status, answer["Access-Control-Allow-Origin"], answer["Access-Control-Max-Age"])
        );
        foreach (var header in (string[])["Authorization", "If-None-Match", "Producer-Seq", "Stream-Closed"])
            Assert.Contains(header, answer["Access-Control-Allow-Headers"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Cache")]
    [InlineData("Stream-Reader-Key")]
    [InlineData("Server-Timing")]
    [InlineData("ETag")]
    [InlineData("Location")]
    [InlineData("Stream-Cursor")]
    [InlineData("WWW-Authenticate")]
    public async Task Defect_ExposedHeaders_AreComplete(string header)
    {
        await using var streams = await AllowAsync(App);

        Assert.Contains(header, (await AskAsync(streams, App))["Access-Control-Expose-Headers"]!.Split(", "));
    }

    [Fact]
    public async Task Refusal_TellsTheScriptWhy()
    {
        await using var streams = await AllowAsync(App);

        var answer = await streams.SendAsync("GET", "/v1/shop/stream/a", headers: ("Origin", App));

        Assert.Equal((401, App), (answer.Status, answer["Access-Control-Allow-Origin"]));
    }

    [Fact]
    public async Task Origins_Changed_CountAtOnce()
    {
        await using var streams = await AllowAsync(App);
        streams.Projects.Change("shop", project => ProjectChanges.SetOrigins(project, []));

        Assert.Null((await AskAsync(streams, App))["Access-Control-Allow-Origin"]);
    }

    private static async Task<GuardedStreams> AllowAsync(string origin, StreamOptions? options = null)
    {
        var streams = await GuardedStreams.StartAsync(options);
        Assert.Equal(
            ProjectOutcome.Done,
            streams.Projects.Change("shop", project => ProjectChanges.SetOrigins(project, [origin]))
        );
        return streams;
    }

    private static Task<HttpAnswer> AskAsync(GuardedStreams streams, string origin, string target = "/v1/shop/stream/a") =>
        streams.SendAsync("GET", target, streams.Token("read"), headers: ("Origin", origin));
}
