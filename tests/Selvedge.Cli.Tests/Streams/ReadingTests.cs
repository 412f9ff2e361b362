using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Selvedge.Testing;

namespace Selvedge.Cli.Tests.Streams;

/// <summary>Reading what streams hold, and following them.</summary>
public sealed class ReadingTests(StreamServer server) : IClassFixture<StreamServer>
{
    private const string First = "0000000000000000_0000000000000010";
    private const string Second = "0000000000000000_0000000000000020";

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("ü/?#[]+&= %")]
    public async Task Cat_ANameThatNeedsEncoding_FindsTheStream(string name)
    {
        await server.CreateAsync(name);
        await server.RunAsync("append", name, "found");

        Assert.Equal("found", (await server.RunAsync("cat", name)).Output);
    }

    [Fact]
    public async Task Cat_AnotherProject_IsAnotherStream()
    {
        await server.CreateAsync("same", project: "one");
        await server.CreateAsync("same", project: "two");
        await server.RunAsync("append", "same", "of one", "--project", "one");

        Assert.Equal("", (await server.RunAsync("cat", "same", "--project", "two")).Output);
    }

    [Fact]
    public async Task Cat_FromAnOffset_BeginsThere()
    {
        await server.CreateAsync("offset");
        var offset = (await server.RunAsync("append", "offset", "before ")).Output.Trim();
        await server.RunAsync("append", "offset", "behind");

        Assert.Equal("behind", (await server.RunAsync("cat", "offset", "--offset", offset)).Output);
    }

    [Fact]
    public async Task Cat_AJsonMessageWithLineBreaks_IsOneLine()
    {
        await server.CreateAsync("pretty", "application/json");
        await server.RunAsync("append", "pretty", "{\r\n \"a\": 1.50\n}");

        Assert.Equal("{   \"a\": 1.50 }\n", (await server.RunAsync("cat", "pretty")).Output);
    }

    [Fact]
    public async Task Cat_NobodyListens_SaysWhere()
    {
        var url = $"http://127.0.0.1:{FreePort()}";

        var result = await CommandProcess.RunAsync("streams", "cat", "a", "--url", url);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"selvedge: {url} cannot be reached: Connection refused.\n", result.Error);
    }

    [Fact]
    public async Task Cat_AServerOfAnotherKind_SaysWhatItAnswered()
    {
        await using var origin = await FakeOrigin.StartAsync((_, http) => http.Response.WriteAsync("hello"));

        var result = await CommandProcess.RunAsync("streams", "cat", "a", "--url", origin.BaseAddress.ToString());

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("did not answer as a stream does", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_WhileOthersAppend_PrintsItAndEndsWhenTheStreamCloses()
    {
        await server.CreateAsync("tail");
        await server.RunAsync("append", "tail", "one\n");
        await using var tail = await server.StartAsync("tail", "tail", "--offset", "-1");
        Assert.Equal("one", await tail.ReadLineAsync());

        await server.RunAsync("append", "tail", "two\n");
        Assert.Equal("two", await tail.ReadLineAsync());
        await server.RunAsync("append", "tail", "three\n", "--close");

        Assert.Equal("three", await tail.ReadLineAsync());
        Assert.Null(await tail.ReadLineAsync());
        Assert.Equal((0, ""), await tail.EndAsync());
    }

    [Fact]
    public async Task Tail_Interrupted_IsDone()
    {
        await server.CreateAsync("interrupted");
        await server.RunAsync("append", "interrupted", "one\n");
        await using var tail = await server.StartAsync("tail", "interrupted", "--offset", "-1");
        Assert.Equal("one", await tail.ReadLineAsync());

        tail.Interrupt();

        Assert.Equal((0, ""), await tail.EndAsync());
    }

    [Fact]
    public async Task Tail_WhoReadsItHasGone_IsDone()
    {
        await server.CreateAsync("head");
        await server.RunAsync("append", "head", "one\n");
        await using var tail = await server.StartAsync("tail", "head", "--offset", "-1");
        Assert.Equal("one", await tail.ReadLineAsync());

        tail.StopReading();
        await server.RunAsync("append", "head", "two\n");

        Assert.Equal((0, ""), await tail.EndAsync());
    }

    [Fact]
    public async Task Tail_AnAnswerBreaksOff_LosesAndRepeatsNothing()
    {
        var polls = 0;
        await using var origin = await FakeOrigin.StartAsync(
            async (request, http) =>
            {
                // What there is; an answer that breaks off in the middle; the same answer, whole, which ends the stream.
                if (!request.Target.Contains("live=", StringComparison.Ordinal))
                {
                    http.Response.Headers["Stream-Next-Offset"] = First;
                    await http.Response.WriteAsync("a");
                    return;
                }

                var breaks = polls++ == 0;
                http.Response.ContentLength = 1;
                http.Response.Headers["Stream-Next-Offset"] = Second;
                http.Response.Headers["Stream-Closed"] = "true";
                await http.Response.StartAsync();
                if (breaks)
                    http.Abort();
                else
                    await http.Response.WriteAsync("b");
            }
        );

        var result = await CommandProcess.RunAsync("streams", "tail", "x", "--url", origin.BaseAddress.ToString());

        Assert.Equal((0, "ab", ""), (result.ExitCode, result.Output, result.Error));
        Assert.All(
            origin.Requests.Skip(1),
            request => Assert.Contains($"offset={First}", request.Target, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Tail_OfNoStream_TellsTheServersSentence()
    {
        var result = await server.RunAsync("tail", "nowhere");

        Assert.Equal((1, "selvedge: There is no stream of that name.\n"), (result.ExitCode, result.Error));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
