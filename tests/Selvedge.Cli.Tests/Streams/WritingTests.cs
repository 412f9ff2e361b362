using System.Text;

namespace Selvedge.Cli.Tests.Streams;

/// <summary>Making, filling, closing and deleting streams.</summary>
public sealed class WritingTests(StreamServer server) : IClassFixture<StreamServer>
{
    [Fact]
    public async Task Create_ANewStream_PrintsItsUrl()
    {
        var result = await server.RunAsync("create", "made/a b", "--project", "p");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal($"{server.Url}v1/p/stream/made/a%20b\n", result.Output);
    }

    [Fact]
    public async Task Create_ATypeThatIsNone_TellsTheServersSentence()
    {
        var result = await server.RunAsync("create", "typed", "--content-type", "nonsense");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("selvedge: Content-Type must be a media type such as application/json.\n", result.Error);
    }

    [Theory]
    [InlineData("_default", "a/../b")]
    [InlineData("_default", "/a")]
    [InlineData("a b", "a")]
    public async Task Create_ANameThatIsNone_SaysWhatANameIs(string project, string name)
    {
        var result = await server.RunAsync("create", name, "--project", project);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("name no stream", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_Text_TakesTheStreamsType()
    {
        await server.CreateAsync("text");

        var result = await server.RunAsync("append", "text", "grüße");

        Assert.Equal((0, "0000000000000000_0000000000000070\n", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal("grüße", (await server.RunAsync("cat", "text")).Output);
    }

    [Fact]
    public async Task Append_StandardInput_ArrivesByteForByte()
    {
        await server.CreateAsync("bytes", "application/octet-stream");
        var bytes = new byte[3_000_000];
        new Random(7).NextBytes(bytes);

        await server.RunAsync(bytes, "append", "bytes");

        Assert.Equal(bytes, (await server.RunAsync("cat", "bytes")).Bytes);
    }

    [Fact]
    public async Task Append_WholeJson_FlattensAnArray()
    {
        await server.CreateAsync("whole", "application/json");

        await server.RunAsync("[1,\n[2]]"u8.ToArray(), "append", "whole");

        Assert.Equal("1\n[2]\n", (await server.RunAsync("cat", "whole")).Output);
    }

    [Fact]
    public async Task Append_Batch_MakesAMessageOfEachLine()
    {
        await server.CreateAsync("batch", "application/json");
        var lines = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"[{i}]\r\n\n")) + "\"last\"";

        await server.RunAsync(Encoding.UTF8.GetBytes(lines), "append", "batch", "--batch");

        var expected = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"[{i}]\n")) + "\"last\"\n";
        Assert.Equal(expected, (await server.RunAsync("cat", "batch")).Output);
    }

    [Fact]
    public async Task Append_BatchWithTwoValuesInALine_NamesTheLineAndKeepsWhatWasBefore()
    {
        await server.CreateAsync("broken", "application/json");

        var result = await server.RunAsync("1\n2,3\n4\n"u8.ToArray(), "append", "broken", "--batch");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Line 2 is not a JSON text.", result.Error, StringComparison.Ordinal);
        Assert.Equal("1\n", (await server.RunAsync("cat", "broken")).Output);
    }

    [Fact]
    public async Task Append_BatchToAStreamOfBytes_IsRefused()
    {
        await server.CreateAsync("no-batch");

        var result = await server.RunAsync("1\n"u8.ToArray(), "append", "no-batch", "--batch");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("application/json", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_WithClose_EndsTheStreamBehindIt()
    {
        await server.CreateAsync("closed");
        await server.RunAsync("the end"u8.ToArray(), "append", "closed", "--close");

        var result = await server.RunAsync("append", "closed", "more");

        Assert.Equal((1, "selvedge: The stream is closed.\n"), (result.ExitCode, result.Error));
        Assert.Equal("the end", (await server.RunAsync("cat", "closed")).Output);
    }

    [Fact]
    public async Task Append_ToNoStream_TellsTheServersSentence()
    {
        var result = await server.RunAsync("append", "nowhere", "x");

        Assert.Equal((1, "selvedge: There is no stream of that name.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Remove_AStream_LeavesNone()
    {
        await server.CreateAsync("doomed");

        Assert.Equal(0, (await server.RunAsync("rm", "doomed")).ExitCode);
        Assert.Equal(1, (await server.RunAsync("cat", "doomed")).ExitCode);
    }
}
