using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Selvedge.Caching.Data;
using Selvedge.Functions;
using Selvedge.Server.Caching;
using Selvedge.Server.Configuration;
using Selvedge.Server.Loopback;

namespace Selvedge.Server.Data;

/// <summary>Registers the data cache and its listener.</summary>
internal static class DataServices
{
    /// <summary>
    /// Whose data it is. Deployments of a site share it, as they do on the platform within one environment; a server has one site.
    /// </summary>
    private const string ScopeName = "production";

    private const string DirectoryName = "data-cache";

    /// <summary>Adds them.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">The settings.</param>
    public static void Add(IServiceCollection services, SelvedgeOptions options)
    {
        services.AddSingleton(options.DataCache);
        services.AddSingleton(provider => Open(provider, options));
        services.AddSingleton(provider => provider.GetRequiredService<DataCache>().Scope(ScopeName));
        services.AddSingleton<DataGrants>();
        services.AddSingleton<TagRevalidator>();
        services.AddSingleton<DataEndpoint>();
        services.AddSingleton<Func<string, DataCacheAccess>>(provider =>
        {
            var grants = provider.GetRequiredService<DataGrants>();
            var scope = provider.GetRequiredService<DataScope>();
            var socket = SocketOf(provider);
            return function => new DataCacheAccess(socket, grants.Issue(function, scope));
        });
        services.AddSingleton(provider =>
        {
            // It makes the directory.
            _ = provider.GetRequiredService<FunctionHost>();
            return ActivatorUtilities.CreateInstance<DataListener>(provider, SocketOf(provider));
        });
        services.AddHostedService(provider => provider.GetRequiredService<DataListener>());
    }

    private static string SocketOf(IServiceProvider provider) =>
        Path.Combine(provider.GetRequiredService<SiteLoopback>().Directory, "data");

    private static DataCache Open(IServiceProvider provider, SelvedgeOptions options)
    {
        var directory = Path.GetFullPath(Path.Combine(options.DataDirectory, DirectoryName));
        var logger = provider.GetRequiredService<ILogger<DataCache>>();
        return DiskOrMemory.Open(
            directory,
            options.DataCache.DiskBytes,
            usable => Open(provider, options.DataCache, usable),
            reason => Log.DataKeptInMemoryOnly(logger, directory, reason)
        );
    }

    private static DataCache Open(IServiceProvider provider, DataOptions options, string? directory)
    {
        var cache = new DataCache(
            new DataCacheOptions
            {
                MemoryBytes = options.MemoryBytes,
                Directory = directory,
                DiskBytes = options.DiskBytes,
            },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILoggerFactory>()
        );
        // Reads the journal: a fault of it is one of the directory.
        _ = cache.Scope(ScopeName);
        return cache;
    }
}
