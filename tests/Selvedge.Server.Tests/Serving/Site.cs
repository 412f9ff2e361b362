using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Server.Configuration;
using Selvedge.Server.Hosting;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

/// <summary>A build output written by a test, served by a real server on a loopback port.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly TempDirectory _output;
    private readonly SelvedgeServer _server;

    private Site(TempDirectory output, SelvedgeServer server)
    {
        _output = output;
        _server = server;
        BaseAddress = new Uri(server.Addresses.Single());
        Client = PlainHttp.CreateClient(BaseAddress);
    }

    public Uri BaseAddress { get; }

    /// <summary>Where the admin listener is, if the settings turn it on.</summary>
    public Uri AdminAddress => new(_server.AdminAddresses.Single());

    public HttpClient Client { get; }

    /// <summary>Serves files of a build output, by path; <c>config.json</c> gets the routes.</summary>
    public static async Task<Site> ServeAsync(
        string routes,
        IReadOnlyDictionary<string, string> files,
        SelvedgeOptions? options = null,
        int port = 0,
        TimeProvider? clock = null,
        string? dataDirectory = null
    )
    {
        var output = new TempDirectory();
        output.Write("config.json", $$"""{"version":3,"routes":[{{routes}}]}""");
        foreach (var (path, content) in files)
        {
            output.Write(path, content);
            if (clock is not null)
                // What the build wrote is as old as the clock says.
                File.SetLastWriteTimeUtc(output.Combine(path), clock.GetUtcNow().UtcDateTime);
        }

        var result = await BuildOutputReader.ReadAsync(
            new BuildOutputOptions { Directory = output.Path, StagingDirectory = output.Combine(".staging") },
            TestContext.Current.CancellationToken
        );
        Assert.Empty(result.Faults);
        options = (options ?? new SelvedgeOptions()) with
        {
            Urls = $"http://127.0.0.1:{port}",
            DataDirectory = dataDirectory ?? output.Combine(".data"),
        };
        var server = SelvedgeServer.Create(options, result.Deployment!, logging => logging.SetMinimumLevel(LogLevel.None), clock);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new Site(output, server);
    }

    /// <summary>The files of a Node function: its configuration and its source.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Function(string path, string source, string extra = "") =>
        [
            new(
                $"functions/{path}.func/.vc-config.json",
                $$"""{"runtime":"nodejs24.x","handler":"index.mjs","launcherType":"Nodejs"{{extra}}}"""
            ),
            new($"functions/{path}.func/index.mjs", source),
        ];

    /// <summary>The files of a prerender: its function's, its configuration, and what the build rendered.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Prerender(
        string path,
        string source,
        string config,
        string? fallback = null
    ) =>
        [
            .. Function(path, source),
            new($"functions/{path}.prerender-config.json", $"{{{config}}}"),
            .. fallback is null
                ? (KeyValuePair<string, string>[])[]
                : [new($"functions/{path}.prerender-fallback.html", fallback)],
        ];

    /// <summary>Completes when nothing is being rendered any more.</summary>
    public Task PrerendersAreQuietAsync() => _server.PrerendersAreQuietAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _output.Dispose();
    }
}
