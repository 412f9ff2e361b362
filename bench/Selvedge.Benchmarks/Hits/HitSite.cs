using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Server.Configuration;
using Selvedge.Server.Hosting;

namespace Selvedge.Benchmarks.Hits;

/// <summary>A server in this process with a static file and, behind a rewrite, an origin that answers <c>/1k</c> and <c>/64k</c>.</summary>
internal sealed class HitSite : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly KestrelServer _origin;
    private readonly SelvedgeServer _server;

    private HitSite(DirectoryInfo directory, KestrelServer origin, SelvedgeServer server)
    {
        _directory = directory;
        _origin = origin;
        _server = server;
        EndPoint = new IPEndPoint(IPAddress.Loopback, new Uri(server.Addresses.Single()).Port);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Starts both.</summary>
    public static async Task<HitSite> StartAsync()
    {
        var origin = BareKestrel.Create(port: 0);
        await origin.StartAsync(new FixedAnswers(asCache: false), CancellationToken.None);
        var directory = Directory.CreateTempSubdirectory("selvedge-hits-");
        var output = directory.CreateSubdirectory("output");
        var at = BareKestrel.AddressOf(origin);
        await File.WriteAllTextAsync(
            Path.Combine(output.FullName, "config.json"),
            $$"""{"version":3,"routes":[{"handle":"filesystem"},{"src":"^/(.*)$","dest":"{{at}}/$1"}]}"""
        );
        await File.WriteAllTextAsync(
            Path.Combine(output.CreateSubdirectory("static").FullName, "file.txt"),
            new string('x', 1024)
        );
        var result = await BuildOutputReader.ReadAsync(
            new BuildOutputOptions
            {
                Directory = output.FullName,
                StagingDirectory = Path.Combine(directory.FullName, "staging"),
            },
            CancellationToken.None
        );
        var options = new SelvedgeOptions
        {
            Urls = "http://127.0.0.1:0",
            DataDirectory = Path.Combine(directory.FullName, "data"),
        };
        var server = SelvedgeServer.Create(options, result.Deployment!, static logging => logging.SetMinimumLevel(LogLevel.None));
        await server.StartAsync(CancellationToken.None);
        return new HitSite(directory, origin, server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        await _origin.StopAsync(CancellationToken.None);
        _origin.Dispose();
        _directory.Delete(recursive: true);
    }
}
