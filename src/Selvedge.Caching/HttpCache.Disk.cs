using System.Collections.Concurrent;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Purging;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching;

/// <content>What lies on disk.</content>
public sealed partial class HttpCache
{
    private readonly ConcurrentDictionary<string, Task> _recalls = new(StringComparer.Ordinal);
    private PurgeJournal? _journal;

    private (PurgeLog Purges, DiskTier? Disk) OpenDisk(DiskStore store)
    {
        try
        {
            _journal = PurgeJournal.Open(Path.Combine(store.Layout.Root, "purges"), out var isWhole);
            if (!isWhole)
            {
                // Nobody knows any more what of it was purged.
                if (store.Count > 0)
                {
                    Log.PurgesLost(_logger, store.Layout.Root, store.Count);
                }

                store.Clear();
                _journal.Rewrite([]);
            }
        }
        catch (Exception exception) when (DiskStore.IsFault(exception))
        {
            Log.DiskNotUsed(_logger, store.Layout.Root, exception.Message);
            store.Dispose();
            return (new PurgeLog(), null);
        }

        // Later than all of earlier runs, however many things were invalidated in them.
        var start = _clock.GetUtcNow().ToUnixTimeMilliseconds() << 20;
        var purges = new PurgeLog(_journal, start, reason => _disk?.GiveUp(reason));
        purges.Begin();
        return (purges, new DiskTier(store, _options.LargeBodyBytes, purges, _clock, _logger));
    }

    /// <summary>Looks on disk. What fits memory is brought there, once for all who ask at the same time.</summary>
    private async ValueTask<Lookup> RecallAsync(
        DiskTier disk,
        CacheRequest request,
        CacheDirectives directives,
        CancellationToken cancellationToken
    )
    {
        var key = MarkerKey(request);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = _recalls.GetOrAdd(key, done.Task);
        var leads = ReferenceEquals(running, done.Task);
        if (!leads)
        {
            await running.WaitAsync(cancellationToken);
        }

        try
        {
            // Look again: somebody may have brought or fetched it meanwhile.
            var found = LookUp(request, directives);
            return found.Response is not null ? found : await ReadAsync(disk, request, directives, found);
        }
        finally
        {
            if (leads)
            {
                _recalls.TryRemove(key, out _);
                done.SetResult();
            }
        }
    }

    private async ValueTask<Lookup> ReadAsync(DiskTier disk, CacheRequest request, CacheDirectives directives, Lookup found)
    {
        // Taken before the disk is read: what is invalidated from here on does not come into memory, or does not stay there.
        var position = _purges.Position;
        var response = await disk.FindAsync(request.Key, request.Target, request.Fields);
        _metrics.Recalled(response is not null);
        if (response is null)
        {
            return found;
        }

        if (response.Body.OnDisk is null)
        {
            _store.Put(request.Key, response);
        }

        if (_purges.WasInvalidated(request.Key, position))
        {
            _store.Remove(request.Key, response);
            response.Body.OnDisk?.Release();
            return found;
        }

        var recalled = Examine(request, directives, response, found.Known ?? response);
        if (recalled.Response is null)
        {
            response.Body.OnDisk?.Release();
            if (recalled.Forward is not Forward.Bypass)
            {
                // Purged: looking for it again and again would find nothing else.
                disk.Remove(request.Key);
            }
        }

        return recalled;
    }

    /// <summary>Gives the disk what was asked for before.</summary>
    private void OfferToDisk(string key, StoredResponse response)
    {
        if (_disk is not null && response.AskedAgain())
        {
            _disk.Offer(key, response);
        }
    }

    /// <summary>Removes one response, wherever it lies.</summary>
    private void Forget(string key, StoredResponse response)
    {
        _store.Remove(key, response);
        // Of a resource on disk all variants go: which of them this is would have to be read there.
        _disk?.Remove(key);
    }

    private async Task RenewAsync(string key, StoredResponse response)
    {
        try
        {
            await _disk!.RenewAsync(key, response);
        }
        catch (Exception exception)
        {
            Log.RenewalCrashed(_logger, exception, LoggedKey.Of(key));
        }
    }
}
