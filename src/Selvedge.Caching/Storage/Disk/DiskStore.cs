using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>Entries on disk by key, bounded by bytes: each a head and a body, replaced as a whole or not at all.</summary>
/// <remarks>
/// Everything is checksummed: what a crash or the disk has damaged is not found, and never found wrong. An entry that is read stays
/// readable when it is replaced, removed or evicted meanwhile. Each store has a directory and a limit of its own, so that the
/// entries of one do not push out those of another. <c>DESIGN.md</c> beside this project describes the files.
/// </remarks>
public sealed partial class DiskStore : IDisposable
{
    private const int Stripes = 64;
    private const int MostTries = 3;

    // A disk that is full fails for every entry; the log need not say it as often.
    private static readonly TimeSpan LogPause = TimeSpan.FromSeconds(10);

    private readonly DiskStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly FileStream _claim;

    // What changes the files of an id holds the id's lock: renaming, deleting and the index stay in step.
    private readonly Lock[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new Lock())];

    // Which directories are known to be there: they are made when they are needed.
    private readonly bool[] _shards = new bool[DiskLayout.Shards];
    private long _sequence;
    private long _failures;
    private long _loggedAt;
    private bool _isClosed;

    private DiskStore(
        DiskStoreOptions options,
        DiskLayout layout,
        IDiskFiles files,
        FileStream claim,
        TimeProvider clock,
        ILogger logger
    )
    {
        _options = options;
        _clock = clock;
        _loggedAt = clock.GetTimestamp() - (long)(LogPause.TotalSeconds * clock.TimestampFrequency);
        _logger = logger;
        _claim = claim;
        Layout = layout;
        Files = files;
        Index = new DiskIndex(options.MaxBytes);
    }

    /// <summary>What the entries take on disk, in bytes.</summary>
    public long Bytes => Index.Bytes;

    /// <summary>How many entries there are.</summary>
    public int Count => Index.Count;

    /// <summary>How many writes were given up because of a fault of the disk.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>The longest body that may be kept, in bytes.</summary>
    public long LargestBody => Index.LargestEntry;

    internal DiskLayout Layout { get; }

    internal IDiskFiles Files { get; }

    internal DiskIndex Index { get; }

    /// <summary>Opens a directory, which is made if missing, and finds what is in it.</summary>
    /// <exception cref="DiskStoreException">It is in use by another process, or cannot be used.</exception>
    public static DiskStore Open(DiskStoreOptions options, TimeProvider clock, ILoggerFactory loggers) =>
        Open(options, clock, loggers, new DiskFiles());

    internal static DiskStore Open(DiskStoreOptions options, TimeProvider clock, ILoggerFactory loggers, IDiskFiles files)
    {
        var began = clock.GetTimestamp();
        var layout = new DiskLayout(options.Directory);
        var store = new DiskStore(options, layout, files, DirectoryClaim.Take(layout), clock, loggers.CreateLogger<DiskStore>());
        try
        {
            var scan = new DirectoryScan(layout, files);
            foreach (var slot in scan.Run())
            {
                store.Index.Load(slot);
            }

            // Beyond all that were ever used, also by files whose names a loss of power has taken: a sequence says which body is whose.
            store._sequence = Math.Max(scan.LastSequence, clock.GetUtcNow().ToUnixTimeMilliseconds() << 20);
            if (!options.Durable)
            {
                if (!BootMark.IsSound(options.Directory))
                {
                    store.Clear();
                }

                // Only now: a start that was interrupted while it cleared must not vouch for what is left.
                BootMark.Open(options.Directory);
            }

            store.DeleteAll(store.Index.Evict());
        }
        catch (Exception exception) when (IsFault(exception))
        {
            store._claim.Dispose();
            throw new DiskStoreException(
                DiskStoreFault.NotAccessible,
                $"'{options.Directory}' cannot be used: {exception.Message}",
                exception
            );
        }
        catch
        {
            store._claim.Dispose();
            throw;
        }

        var milliseconds = (long)clock.GetElapsedTime(began).TotalMilliseconds;
        Log.Opened(store._logger, options.Directory, store.Count, store.Bytes, milliseconds);
        return store;
    }

    /// <summary>Whether there is an entry for a key, as far as memory knows: no file is touched.</summary>
    // The name of an entry takes longer to compute than all else that a cache does for a response that is not stored.
    public bool MayHold(string key) => Index.Count > 0 && Index.Contains(EntryId.Of(key));

    /// <summary>Finds an entry. It must be disposed.</summary>
    /// <returns><see langword="null"/> if there is none, or none that is whole.</returns>
    public ValueTask<DiskEntry?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var id = EntryId.Of(key);
        return Index.Find(id, touch: true) is null
            ? ValueTask.FromResult<DiskEntry?>(null)
            // Opening and reading block, and whoever asks may be on a thread that serves sockets.
            : new ValueTask<DiskEntry?>(Task.Run(() => Find(key, id), cancellationToken));
    }

    /// <summary>Removes an entry. In a durable store it is gone for good when this returns.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string key)
    {
        var id = EntryId.Of(key);
        bool removed;
        lock (StripeOf(id))
        {
            var slot = Index.Remove(id);
            removed = slot is not null;
            if (slot is not null)
            {
                Delete_NeedsLock(slot, withEntry: true);
            }
        }

        if (removed && _options.Durable)
        {
            FlushShard(id, key);
        }

        return removed;
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        foreach (var slot in Index.Snapshot())
        {
            lock (StripeOf(slot.Id))
            {
                if (Index.Remove(slot))
                {
                    Delete_NeedsLock(slot, withEntry: true);
                }
            }
        }
    }

    /// <summary>Lists the entries, in no order; each is read to be checked, long bodies excepted.</summary>
    public async IAsyncEnumerable<DiskEntryInfo> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var slot in Index.Snapshot())
        {
            if (await Task.Run(() => Describe(slot.Id), cancellationToken) is { } info)
            {
                yield return info;
            }
        }
    }

    /// <summary>Gives the directory up. Entries that are being read stay readable.</summary>
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        try
        {
            if (!_options.Durable)
            {
                BootMark.Close(_options.Directory);
            }
        }
        catch (Exception exception) when (IsFault(exception))
        {
            // Then the next start takes it for interrupted, which is safe.
            Log.WriteFailed(_logger, _options.Directory, exception.Message, "state");
        }

        _claim.Dispose();
    }

    internal static bool IsFault(Exception exception) => exception is IOException or UnauthorizedAccessException;

    internal void Report(Exception exception, string key)
    {
        Interlocked.Increment(ref _failures);
        var logged = Volatile.Read(ref _loggedAt);
        if (
            _clock.GetElapsedTime(logged) >= LogPause
            && Interlocked.CompareExchange(ref _loggedAt, _clock.GetTimestamp(), logged) == logged
        )
        {
            Log.WriteFailed(_logger, _options.Directory, exception.Message, LoggedKey.Of(key));
        }
    }

    private Lock StripeOf(EntryId id) => _stripes[(int)((uint)id.Value % Stripes)];
}
