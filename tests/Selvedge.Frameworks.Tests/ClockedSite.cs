using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Server.Configuration;
using Selvedge.Server.Hosting;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>
/// An app of <c>tests/Frameworks</c>, built once and served in this process by a server whose clock the test moves. It begins at the time
/// of the build, so that what the build rendered is new.
/// </summary>
public sealed class ClockedSite : IAsyncDisposable
{
    private readonly SelvedgeServer _server;
    private readonly TempDirectory _data;

    private ClockedSite(SelvedgeServer server, TempDirectory data, ManualClock clock, string app)
    {
        _server = server;
        _data = data;
        Clock = clock;
        App = app;
        BaseAddress = new Uri(server.Addresses.Single());
        Client = PlainHttp.CreateClient(BaseAddress);
    }

    public ManualClock Clock { get; }

    public Uri BaseAddress { get; }

    public HttpClient Client { get; }

    /// <summary>The directory that was built.</summary>
    public string App { get; }

    public static async Task<ClockedSite> StartAsync(string name)
    {
        var app = await FrameworkApp.BuildAsync(name);
        var output = Path.Combine(app, ".vercel", "output");
        var data = new TempDirectory();
        var result = await BuildOutputReader.ReadAsync(
            new BuildOutputOptions { Directory = output, StagingDirectory = data.Combine("staging") },
            CancellationToken.None
        );
        Assert.Empty(result.Faults);
        var built = result.Deployment!.Prerenders.Max(prerender => prerender.Config.Fallback?.LastModified) ?? default;
        var clock = new ManualClock(built == default ? null : built);
        var options = new SelvedgeOptions { Urls = "http://127.0.0.1:0", DataDirectory = data.Combine("data") };
        var server = SelvedgeServer.Create(options, result.Deployment, logging => logging.SetMinimumLevel(LogLevel.None), clock);
        await server.StartAsync(CancellationToken.None);
        return new ClockedSite(server, data, clock, app);
    }

    public Task<HttpAnswer> GetAsync(string target, params IEnumerable<(string Name, string Value)> headers) =>
        Client.AnswerAsync(target, headers);

    /// <summary>Completes when nothing is being rendered any more.</summary>
    public Task QuietAsync() => _server.PrerendersAreQuietAsync();

    /// <summary>The token that proves a revalidation, as the build wrote it.</summary>
    public string TokenOf(string output)
    {
        var config = File.ReadAllText(Path.Combine(App, ".vercel", "output", "functions", $"{output}.prerender-config.json"));
        return System.Text.Json.JsonDocument.Parse(config).RootElement.GetProperty("bypassToken").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _data.Dispose();
    }
}
