using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Server.Configuration;
using Selvedge.Server.Hosting;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>
/// An app of <c>tests/Frameworks</c>, served over real sockets, by a server whose clock the test moves: for what is kept for a time.
/// </summary>
/// <param name="name">The app's directory.</param>
public class ClockedSite(string name) : IAsyncLifetime
{
    // Longer than any render takes on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _data = new();
    private SelvedgeServer? _server;

    /// <summary>Stands at the end of the build when the server starts, so that what was built is as fresh as it can be.</summary>
    public ManualClock Clock { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public Uri BaseAddress => Client.BaseAddress!;

    /// <summary>Builds the app, unless it is built already, and serves it.</summary>
    public static async Task<ClockedSite> StartAsync(string name)
    {
        var site = new ClockedSite(name);
        await site.InitializeAsync();
        return site;
    }

    public async ValueTask InitializeAsync()
    {
        var app = await FrameworkApp.BuildAsync(name);
        Clock = new ManualClock(BuiltAt(app));
        var read = await BuildOutputReader.ReadAsync(
            new BuildOutputOptions { Directory = app, StagingDirectory = _data.Combine("functions") },
            TestContext.Current.CancellationToken
        );
        Assert.Empty(read.Faults);
        var options = new SelvedgeOptions { Urls = "http://127.0.0.1:0", DataDirectory = _data.Path };
        _server = SelvedgeServer.Create(options, read.Deployment!, logging => logging.SetMinimumLevel(LogLevel.None), Clock);
        await _server.StartAsync(TestContext.Current.CancellationToken);
        Client = PlainHttp.CreateClient(new Uri(_server.Addresses.Single()));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Client?.Dispose();
        if (_server is not null)
        {
            await _server.StopAsync(CancellationToken.None);
            await _server.DisposeAsync();
        }

        _data.Dispose();
    }

    public Task<HttpAnswer> GetAsync(string target, params IEnumerable<(string Name, string Value)> headers) =>
        Client.AnswerAsync(target, headers);

    /// <summary>Asks until the answer is no longer <c>STALE</c>: a render in the background takes as long as its function does.</summary>
    /// <param name="target">What to ask for.</param>
    /// <param name="step">By how much the clock moves between two requests: for a render that is to be tried again.</param>
    /// <param name="headers">The request's headers.</param>
    public async Task<HttpAnswer> GetRenewedAsync(
        string target,
        TimeSpan step = default,
        params IEnumerable<(string Name, string Value)> headers
    )
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await GetAsync(target, headers);
            if (answer["x-vercel-cache"] is not "STALE")
                return answer;
            patience.Token.ThrowIfCancellationRequested();
            Clock.Advance(step);
        }
    }

    private static DateTimeOffset BuiltAt(string app) =>
        new(
            new DirectoryInfo(Path.Combine(app, ".vercel", "output"))
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Max(file => file.LastWriteTimeUtc)
        );
}
