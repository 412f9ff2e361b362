using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Selvedge.Caching;
using Selvedge.Streams;

namespace Selvedge.Server.Streams;

/// <summary>Step 2 of a request's life: opens streams before the server listens, answers their requests, closes them after the last.</summary>
internal sealed class StreamService(
    StreamOptions options,
    string dataDirectory,
    TimeProvider time,
    IMeterFactory meters,
    ILoggerFactory loggers,
    HttpCache cache,
    IHostApplicationLifetime lifetime
) : IHostedService, IAsyncDisposable
{
    private StreamHost? _host;

    /// <summary>Whether the disk has failed, and the process must be replaced.</summary>
    public bool HasFailed => _host?.Failed.IsCompleted ?? false;

    /// <summary>What reads have cost so far.</summary>
    public StreamMetrics Metrics => _host!.Metrics;

    /// <summary>Registers streams with a server that hosts them.</summary>
    public static void Add(IServiceCollection services, StreamOptions options, string dataDirectory)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<StreamService>(provider, options, dataDirectory));
        services.AddHostedService(provider => provider.GetRequiredService<StreamService>());
    }

    /// <summary>See <see cref="StreamHost.ListAsync"/>.</summary>
    public IAsyncEnumerable<StreamInfo> ListAsync(string prefix, CancellationToken cancellationToken) =>
        _host!.ListAsync(prefix, cancellationToken);

    /// <summary>Answers a request that <see cref="StreamHost.Handles"/>.</summary>
    public Task InvokeAsync(HttpContext http) => _host!.InvokeAsync(http);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _host = await StreamHost.OpenAsync(options, dataDirectory, time, meters, loggers, cache, cancellationToken);
        _ = StopWhenFailedAsync(_host.Failed);

        // Draining would otherwise last as long as the longest follower.
        lifetime.ApplicationStopping.Register(_host.EndLiveReads);
    }

    // The store is closed when it is disposed: requests are still answered while the server drains.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Registered under two types, a singleton is disposed by its container twice.
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _host, null)?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task StopWhenFailedAsync(Task<Exception> failed)
    {
        await failed;
        // Only a fresh start finds out what the disk holds. Whoever runs the server starts it again.
        lifetime.StopApplication();
    }
}
