using System.Text;
using Selvedge.Testing;

namespace Selvedge.Cli.Tests.Streams;

/// <summary>Checking a data directory that no server uses.</summary>
public sealed class VerifyTests
{
    private const string Content = "what the disk must keep";

    [Fact]
    public async Task Verify_AfterACrash_IsSound()
    {
        using var data = await LeaveBehindAsync();

        var result = await VerifyAsync(data);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("Write-ahead files the next start replays: 1\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("Sound", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AByteLost_NamesTheFile()
    {
        using var data = await LeaveBehindAsync();
        var file = Directory.GetFiles(data.Combine("streams")).Single(name => IndexOfContent(name) >= 0);
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[IndexOfContent(file)] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        var result = await VerifyAsync(data);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(Path.GetFileName(file), result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ADirectoryInUse_SaysSo()
    {
        using var data = new TempDirectory();
        await using var server = await SelvedgeProcess.StartAsync(directory: null, data.Path);

        var result = await VerifyAsync(data);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("in use", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NoDirectory_SaysSo()
    {
        using var data = new TempDirectory();

        var result = await VerifyAsync(data);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("There is no directory", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(data.Path));
    }

    /// <summary>The data of a server that was killed after it had acknowledged something, and something more.</summary>
    private static async Task<TempDirectory> LeaveBehindAsync()
    {
        var data = new TempDirectory();
        await using var server = await SelvedgeProcess.StartAsync(directory: null, data.Path, StreamServer.AdminEnvironment);
        using var client = PlainHttp.CreateClient(server.BaseAddress);
        foreach (var name in new[] { "a", "b", "c" })
        {
            using var content = new StringContent(name == "a" ? Content : name);
            Assert.Equal(201, (await client.AnswerAsync(HttpMethod.Put, $"/v1/stream/{name}", content)).Status);
        }

        await server.KillAsync();
        return data;
    }

    private static int IndexOfContent(string file) => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Content));

    private static Task<CommandResult> VerifyAsync(TempDirectory data) =>
        CommandProcess.RunAsync("streams", "verify", "--data-dir", data.Path);
}
