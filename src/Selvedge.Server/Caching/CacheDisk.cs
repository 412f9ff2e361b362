using Microsoft.Extensions.Logging;
using Selvedge.Caching.Storage.Disk;
using Selvedge.Server.Configuration;

namespace Selvedge.Server.Caching;

/// <summary>Opens the directory where the cache keeps what outlives the server.</summary>
internal static class CacheDisk
{
    /// <summary>The directory.</summary>
    public static string DirectoryIn(string dataDirectory) => Path.GetFullPath(Path.Combine(dataDirectory, "cache", "http"));

    /// <summary>Opens it, if the settings want it.</summary>
    /// <returns>
    /// <see langword="null"/> if the cache is to do without; also when the directory cannot be used, which is logged: while one
    /// server replaces another, the new one must be able to start.
    /// </returns>
    public static DiskStore? TryOpen(SelvedgeOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        if (options.Cache.DiskBytes == 0)
        {
            return null;
        }

        try
        {
            return DiskStore.Open(
                new DiskStoreOptions { Directory = DirectoryIn(options.DataDirectory), MaxBytes = options.Cache.DiskBytes },
                clock,
                loggers
            );
        }
        catch (DiskStoreException exception)
        {
            Log.DiskNotUsed(loggers.CreateLogger<DiskStore>(), exception.Message);
            return null;
        }
    }
}
