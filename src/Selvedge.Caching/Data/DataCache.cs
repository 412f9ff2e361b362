using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Selvedge.Caching.Data.Tags;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Data;

/// <summary>
/// Keeps what functions store between requests: the data cache of Next.js and the runtime cache of the platform. It lives in the
/// server, so that all processes of a site share it, and on disk, so that it survives them.
/// </summary>
/// <remarks><c>DESIGN.md</c> beside this project tells how tags, positions and the files work together.</remarks>
public sealed class DataCache : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<DataScope>> _scopes = new(StringComparer.Ordinal);
    private readonly DataCacheOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<DataCache> _logger;
    private readonly DataTiers _tiers;
    private readonly DataMetrics _metrics;

    /// <summary>Opens the data cache; what an earlier one left in the directory is there again.</summary>
    /// <exception cref="DiskStoreException">The directory is in use by another server, or cannot be used.</exception>
    public DataCache(DataCacheOptions options, TimeProvider clock, IMeterFactory meters, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentNullException.ThrowIfNull(loggers);
        _options = options;
        _clock = clock;
        _logger = loggers.CreateLogger<DataCache>();
        // The store sees to it that no other server uses the directory.
        var disk = options.Directory is { } directory
            ? DiskStore.Open(
                new DiskStoreOptions { Directory = Path.Combine(directory, "items"), MaxBytes = options.DiskBytes },
                clock,
                loggers
            )
            : null;
        _tiers = new DataTiers(new DataMemory(options.MemoryBytes), disk);
        _metrics = new DataMetrics(meters, () => _tiers.Memory.Bytes, () => _tiers.Memory.Count);
    }

    /// <summary>What items take in memory, in bytes.</summary>
    public long Bytes => _tiers.Memory.Bytes;

    /// <summary>How many items are in memory.</summary>
    public int Count => _tiers.Memory.Count;

    /// <summary>The part of the cache that belongs to one site: nothing in it is reached from another part.</summary>
    /// <param name="name">Names the site and its environment.</param>
    /// <exception cref="IOException">The journal of its revalidations cannot be read or made.</exception>
    public DataScope Scope(string name) =>
        _scopes.GetOrAdd(name, static (name, cache) => new Lazy<DataScope>(() => cache.OpenScope(name)), this).Value;

    /// <summary>Closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var scope in _scopes.Values)
        {
            if (scope.Value.Journal is { } journal)
            {
                await journal.DisposeAsync();
            }
        }

        _tiers.Dispose();
    }

    private DataScope OpenScope(string name)
    {
        var versions = new TagVersions();
        var journal = _options.Directory is { } directory
            ? TagJournal.Open(
                Path.Combine(directory, $"{FileNameOf(name)}.tags"),
                versions,
                _clock.GetUtcNow().ToUnixTimeMilliseconds(),
                _logger
            )
            : null;
        return new DataScope(name, versions, journal, _tiers, _clock, _metrics);
    }

    // A name may hold anything; a digest of it is a name for a file.
    private static string FileNameOf(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];
}
