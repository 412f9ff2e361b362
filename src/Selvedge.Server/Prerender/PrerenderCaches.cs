using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Selvedge.Caching.Storage.Disk;
using Selvedge.Prerender;
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
        try
        {
            return Open(services, options.Prerender, options.Prerender.DiskBytes == 0 ? null : directory);
        }
        catch (Exception exception) when (exception is DiskStoreException or IOException or UnauthorizedAccessException)
        {
            Log.KeptInMemoryOnly(services.GetRequiredService<ILogger<SitePrerenders>>(), directory, exception.Message);
            return Open(services, options.Prerender, directory: null);
        }
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
