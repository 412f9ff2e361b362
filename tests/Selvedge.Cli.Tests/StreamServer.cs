using Selvedge.Testing;

namespace Selvedge.Cli.Tests;

/// <summary>A server of streams alone, with its admin listener, for all tests of a class.</summary>
public sealed class StreamServer : IAsyncLifetime
{
    private SelvedgeProcess _process = null!;

    /// <summary>What turns the admin listener on.</summary>
    public static IReadOnlyDictionary<string, string> AdminEnvironment { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SELVEDGE_ADMIN__URLS"] = "http://127.0.0.1:0",
            ["SELVEDGE_ADMIN__TOKEN"] = CommandProcess.Token,
            ["SELVEDGE_STREAMS__AUTH"] = "none",
        };

    /// <summary>Where the streams are.</summary>
    public string Url => _process.BaseAddress.ToString();

    /// <summary>Where the admin listener is.</summary>
    public string AdminUrl { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _process = await SelvedgeProcess.StartAsync(directory: null, environment: AdminEnvironment);
        AdminUrl = (await _process.AdminAddressAsync()).ToString();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Runs a verb for a stream of this server.</summary>
    internal Task<CommandResult> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>Runs a verb for a stream of this server, with bytes on its standard input.</summary>
    internal Task<CommandResult> RunAsync(byte[] input, params string[] arguments) =>
        CommandProcess.RunAsync(input, ["streams", .. arguments, "--url", Url]);

    /// <summary>Makes a stream.</summary>
    internal async Task CreateAsync(string name, string contentType = "text/plain", string project = "_default")
    {
        var result = await RunAsync("create", name, "--content-type", contentType, "--project", project);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    /// <summary>Starts a verb for a stream of this server.</summary>
    internal Task<CommandProcess> StartAsync(params string[] arguments) =>
        CommandProcess.StartAsync(["streams", .. arguments, "--url", Url]);

    /// <summary>Runs a command that uses the admin listener of this server.</summary>
    internal Task<CommandResult> AdminAsync(params string[] arguments) =>
        CommandProcess.RunAsync([.. arguments, "--admin-url", AdminUrl]);
}
