using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Selvedge.Prerender;
using Selvedge.Server.Caching;
using Selvedge.Server.Configuration;

namespace Selvedge.Server.Prerender;

/// <summary>Opens the prerender cache as the settings want it.</summary>
internal static class PrerenderCaches
{
    private const string DirectoryName = "prerender";

    /// <summary>Opens it. Where its directory cannot be used, pages are kept in memory only, and the log says so.</summary>
    public static PrerenderCache Open(IServiceProvider services, SelvedgeOptions options)
    {
        var directory = Path.GetFullPath(Path.Combine(options.DataDirectory, DirectoryName));
        var logger = services.GetRequiredService<ILogger<SitePrerenders>>();
        return DiskOrMemory.Open(
            directory,
            options.Prerender.DiskBytes,
            usable => Open(services, options.Prerender, usable),
            reason => Log.KeptInMemoryOnly(logger, directory, reason)
        );
    }

    private static PrerenderCache Open(IServiceProvider services, PrerenderOptions options, string? directory) =>
        new(
            new PrerenderCacheOptions
            {
                MemoryBytes = options.MemoryBytes,
                MaxRegenerations = options.MaxRegenerations,
                Directory = directory,
                DiskBytes = options.DiskBytes,
            },
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<IMeterFactory>(),
            services.GetRequiredService<ILoggerFactory>()
        );
}
