using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Selvedge.Prerender;
using Selvedge.Server.Configuration;
using Selvedge.Server.Deployments;
using Selvedge.Server.Streams;

namespace Selvedge.Server.Admin;

/// <summary>Listens for those who run the server, on addresses of its own.</summary>
internal sealed class AdminListener : IHostedService, IAsyncDisposable
{
    private readonly WebApplication? _app;
    private readonly ILogger<AdminListener> _logger;

    public AdminListener(AdminOptions options, IServiceProvider services, ILogger<AdminListener> logger)
    {
        _logger = logger;
        if (options.Urls.Length == 0)
        {
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(options.Urls);
        builder.Services.AddSingleton(services.GetRequiredService<ILoggerFactory>());
        _app = builder.Build();
        var pipeline = new AdminPipeline(
            new AdminToken(options.Token),
            CacheOf(services),
            PrerendersOf(services),
            StreamsOf(services),
            ProjectsOf(services)
        );
        _app.Run(pipeline.InvokeAsync);
    }

    /// <summary>Where it listens, once started; empty if it is off.</summary>
    public IReadOnlyCollection<string> Addresses => _app is null ? [] : [.. _app.Urls];

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
        {
            await _app.StartAsync(cancellationToken);
            Log.Listening(_logger, string.Join(", ", Addresses));
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static CacheEndpoint? CacheOf(IServiceProvider services) =>
        services.GetService<LiveDeployment>() is null ? null : ActivatorUtilities.CreateInstance<CacheEndpoint>(services);

    private static PrerenderListEndpoint? PrerendersOf(IServiceProvider services) =>
        services.GetService<PrerenderCache>() is { } cache ? new PrerenderListEndpoint(cache) : null;

    private static StreamListEndpoint? StreamsOf(IServiceProvider services) =>
        services.GetService<StreamService>() is { } streams ? new StreamListEndpoint(streams) : null;

    private static ProjectsEndpoint? ProjectsOf(IServiceProvider services) =>
        services.GetService<StreamService>() is null ? null : ActivatorUtilities.CreateInstance<ProjectsEndpoint>(services);
}
