using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Cli.Tests.Streams;

/// <summary>The admin listener of a server of streams alone.</summary>
public sealed class ListingTests(StreamServer server) : IClassFixture<StreamServer>
{
    [Fact]
    public async Task List_SomeStreams_SaysOfEachWhatItIs()
    {
        await server.CreateAsync("open/1", "application/json");
        await server.RunAsync("append", "open/1", "[1]");
        await server.CreateAsync("open/2");
        await server.RunAsync("append", "open/2", "--close");
        await server.CreateAsync("other");

        var result = await server.AdminAsync("streams", "ls", "open/");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("open/1\t2\tapplication/json\topen\nopen/2\t0\ttext/plain\tclosed\n", result.Output);
    }

    [Fact]
    public async Task List_AsJson_IsAnObjectALine()
    {
        await server.CreateAsync("json/\"q\"", project: "p");

        var result = await server.AdminAsync("streams", "ls", "json/", "--json", "--project", "p");

        Assert.Equal("""{"name":"json/\"q\"","length":0,"contentType":"text/plain","closed":false}""" + "\n", result.Output);
    }

    [Fact]
    public async Task List_MoreThanAPage_GoesOnBehindIt()
    {
        foreach (var name in new[] { "c", "a", "b" })
            await server.CreateAsync($"page/{name}");

        var first = await PageAsync("prefix=page/&limit=2");
        var second = await PageAsync($"prefix=page/&limit=2&after={first.RootElement.GetProperty("next").GetString()}");

        Assert.Equal(["page/a", "page/b"], NamesOf(first));
        Assert.Equal(["page/c"], NamesOf(second));
        Assert.False(second.RootElement.TryGetProperty("next", out _));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=10001")]
    [InlineData("limit=x")]
    [InlineData("project=a/b")]
    [InlineData("project=__ds")]
    public async Task List_AQueryThatMakesNoSense_IsRefused(string query) =>
        Assert.Equal(400, (await AskAsync($"/streams?{query}")).Status);

    [Fact]
    public async Task List_TheServersOwnStreams_AreLeftOut()
    {
        using var client = PlainHttp.CreateClient(new Uri(server.Url));
        using var content = new StringContent("""{"type":"pull-wake","pattern":"x","wake_stream":"y"}""");
        content.Headers.ContentType = new("application/json");
        var made = await client.AnswerAsync(HttpMethod.Put, "/v1/subscribed/stream/__ds/subscriptions/s", content);
        Assert.Equal(201, made.Status);

        Assert.Equal("", (await server.AdminAsync("streams", "ls", "--project", "subscribed")).Output);
    }

    [Fact]
    public async Task Reads_AfterThreeOfOnePage_CountWhatReadersAskedAndWhatItCost()
    {
        await server.CreateAsync("counted");
        await server.RunAsync("append", "counted", "12345");
        using var client = PlainHttp.CreateClient(new Uri(server.Url));
        var before = await CountsAsync();
        for (var i = 0; i < 2; i++)
            await client.AnswerAsync("/v1/stream/counted?offset=-1&live=long-poll");
        await client.AnswerAsync("/v1/stream/counted?offset=-1&live=long-poll", ("Cache-Control", "no-cache"));

        var after = await CountsAsync();
        // A read is counted when it is over, and its reader has the answer a little sooner.
        for (var asked = 0; after["reads"] - before["reads"] < 3 && asked < 10_000; asked++)
            after = await CountsAsync();

        int[] expected = [3, 1, 1, 1];
        string[] counts = ["reads", "hits", "misses", "bypasses"];
        Assert.Equal(expected, counts.Select(count => after[count] - before[count]));
        // The last one may have come soon enough after the first to share its read.
        Assert.InRange(after["originReads"] - before["originReads"], 1, 2);
        Assert.InRange(after["originBytes"] - before["originBytes"], 5, 10);

        async Task<Dictionary<string, int>> CountsAsync() =>
            JsonSerializer.Deserialize<Dictionary<string, int>>((await AskAsync("/streams/reads")).Body)!;
    }

    [Fact]
    public async Task Purge_AServerOfStreamsAlone_SaysThatItHasNoCache()
    {
        var result = await server.AdminAsync("purge", "--all");

        Assert.Equal((1, "selvedge: This server serves no site, so there is no cache.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task List_AnotherToken_IsRefused()
    {
        var result = await CommandProcess.RunAsync(
            [],
            ["streams", "ls", "--admin-url", server.AdminUrl],
            "another token, as long"
        );

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Admin:Token", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ATokenInAFile_IsPresented()
    {
        using var directory = new TempDirectory();
        var file = directory.Write("token", CommandProcess.Token + "\n");
        string[] arguments = ["streams", "ls", "none", "--admin-url", server.AdminUrl, "--admin-token-file", file];

        var result = await CommandProcess.RunAsync([], arguments, token: null);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task List_WithoutAToken_SaysHowToGiveOne()
    {
        var result = await CommandProcess.RunAsync([], ["streams", "ls", "--admin-url", server.AdminUrl], token: null);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--admin-token-file", result.Error, StringComparison.Ordinal);
    }

    private async Task<JsonDocument> PageAsync(string query) => JsonDocument.Parse((await AskAsync($"/streams?{query}")).Body);

    private async Task<HttpAnswer> AskAsync(string target)
    {
        using var client = PlainHttp.CreateClient(new Uri(server.AdminUrl));
        return await client.AnswerAsync(target, ("authorization", $"Bearer {CommandProcess.Token}"));
    }

    private static IEnumerable<string?> NamesOf(JsonDocument page) =>
        page.RootElement.GetProperty("streams").EnumerateArray().Select(stream => stream.GetProperty("name").GetString());
}
