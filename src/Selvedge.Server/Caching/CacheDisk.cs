using Microsoft.Extensions.Logging;
using Selvedge.Caching.Storage.Disk;
using Selvedge.Server.Configuration;

namespace Selvedge.Server.Caching;

/// <summary>Opens the directory where the cache keeps what outlives the server.</summary>
internal static class CacheDisk
{
    /// <summary>The directory.</summary>
    public static string DirectoryIn(string dataDirectory) => Path.GetFullPath(Path.Combine(dataDirectory, "cache", "http"));

    /// <summary>Opens it, if the settings want it and it can be used; otherwise the cache does without, and the log says why.</summary>
    public static DiskStore? TryOpen(SelvedgeOptions options, TimeProvider clock, ILoggerFactory loggers) =>
        DiskOrMemory.Open(
            DirectoryIn(options.DataDirectory),
            options.Cache.DiskBytes,
            usable =>
                usable is null
                    ? null
                    : DiskStore.Open(
                        new DiskStoreOptions { Directory = usable, MaxBytes = options.Cache.DiskBytes },
                        clock,
                        loggers
                    ),
            reason => Log.DiskNotUsed(loggers.CreateLogger<DiskStore>(), reason)
        );
}
