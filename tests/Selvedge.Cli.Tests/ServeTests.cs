using Selvedge.Testing;

namespace Selvedge.Cli.Tests;

/// <summary>What <c>selvedge serve</c> takes from its flags, and how it ends.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task Serve_AdminUrls_AreTheSetting()
    {
        var result = await CommandProcess.RunAsync("serve", "--admin-urls", "nonsense");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Admin:Urls: 'nonsense'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_StreamsAloneToldToStop_EndsWithSuccess()
    {
        await using var server = await SelvedgeProcess.StartAsync(directory: null);

        Assert.Equal(0, await server.StopAsync());
    }
}
