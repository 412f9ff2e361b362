using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Selvedge.Caching;
using Selvedge.Server.Configuration;
using Selvedge.Streams;
using Selvedge.Streams.Projects;

namespace Selvedge.Server.Streams;

/// <summary>Step 2 of a request's life: opens streams before the server listens, answers their requests, closes them after the last.</summary>
/// <remarks>
/// A server of streams alone opens them at its start. Beside a site they are opened when there is a project, which may be long after:
/// until then nothing of the site is taken, no file is made, and several servers may share the data directory.
/// </remarks>
internal sealed class StreamService(
    SelvedgeOptions options,
    bool hasSite,
    TimeProvider time,
    IMeterFactory meters,
    ILoggerFactory loggers,
    HttpCache cache,
    IHostApplicationLifetime lifetime
) : IHostedService, IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile StreamHost? _host;
    private bool _hasEnded;

    /// <summary>Whether the disk has failed, and the process must be replaced.</summary>
    public bool HasFailed => _host?.Failed.IsCompleted ?? false;

    /// <summary>What reads have cost so far; nothing before the streams are opened.</summary>
    public StreamMetrics? Metrics => _host?.Metrics;

    /// <summary>The projects of this server.</summary>
    public ProjectRegistry Projects { get; private set; } = ProjectRegistry.InMemory();

    /// <summary>What the streams do now.</summary>
    public StreamState State =>
        _host is null ? StreamState.Dormant
        : options.Streams.Auth is StreamAuth.None ? StreamState.Open
        : StreamState.Guarded;

    /// <summary>Registers streams with a server that hosts them.</summary>
    public static void Add(IServiceCollection services, SelvedgeOptions options, bool hasSite)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<StreamService>(provider, options, hasSite));
        services.AddHostedService(provider => provider.GetRequiredService<StreamService>());
    }

    /// <summary>See <see cref="StreamHost.ListAsync"/>.</summary>
    public IAsyncEnumerable<StreamInfo> ListAsync(string prefix, string after, CancellationToken cancellationToken) =>
        _host?.ListAsync(prefix, after, cancellationToken) ?? AsyncEnumerable.Empty<StreamInfo>();

    /// <summary>See <see cref="StreamHost.RotateWebhookKeyAsync"/>.</summary>
    public async ValueTask<string?> RotateWebhookKeyAsync(CancellationToken cancellationToken) =>
        _host is { } host ? await host.RotateWebhookKeyAsync(time.GetUtcNow(), cancellationToken) : null;

    /// <summary>Whether a path is the streams' and not the site's.</summary>
    public bool Takes(PathString path)
    {
        if (_host is null || !StreamRoute.TryParse(path.Value, out var route))
            return false;
        if (!hasSite)
            return true;

        // A site has pages of its own under whatever it likes; only a project that was made takes paths away from it.
        return route.Kind is not StreamRouteKind.Health
            && (options.Streams.Auth is StreamAuth.None || Projects.Find(route.Project) is not null);
    }

    /// <summary>Answers a request that the streams <see cref="Takes"/>.</summary>
    public Task InvokeAsync(HttpContext http) => _host!.InvokeAsync(http);

    /// <summary>Opens the streams if they are not yet.</summary>
    /// <exception cref="StreamStoreException">The directory is in use or damaged; the message says which.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_hasEnded, this);
            if (_host is not null)
                return;
            var host = await StreamHost.OpenAsync(
                options.Streams,
                Projects,
                options.DataDirectory,
                time,
                meters,
                loggers,
                cache,
                cancellationToken
            );
            _ = StopWhenFailedAsync(host.Failed);

            // Draining would otherwise last as long as the longest follower.
            lifetime.ApplicationStopping.Register(host.EndLiveReads);
            _host = host;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Streams.InMemory)
            Projects = ProjectRegistry.Open(options.DataDirectory);
        var isOpen = options.Streams.Auth is StreamAuth.None;
        if (isOpen)
            Log.Open(loggers.CreateLogger("Selvedge.Streams"), options.AllUrls);
        if (isOpen || !hasSite || !Projects.IsEmpty)
            await OpenAsync(cancellationToken);
    }

    // The store is closed when it is disposed: requests are still answered while the server drains.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Registered under two types, a singleton is disposed by its container twice.
    public async ValueTask DisposeAsync()
    {
        await _opening.WaitAsync();
        try
        {
            _hasEnded = true;
            if (_host is { } host)
                await host.DisposeAsync();
            _host = null;
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task StopWhenFailedAsync(Task<Exception> failed)
    {
        await failed;
        // Only a fresh start finds out what the disk holds. Whoever runs the server starts it again.
        lifetime.StopApplication();
    }
}
