using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Purging;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>What of the cache lies on disk: responses that were asked for twice, and long bodies from the start.</summary>
/// <remarks>
/// Whether a response may be used is not decided here. But nothing is left on disk that was invalidated since its fetch began:
/// writing looks once more after the commit, and who invalidates marks first and removes then, so one of the two sees the other.
/// </remarks>
internal sealed class DiskTier : IAsyncDisposable
{
    private const int MaxQueued = 1024;
    private const long MaxQueuedBytes = 64 * 1024 * 1024;

    private readonly DiskStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly PurgeLog _purges;
    private readonly Channel<(string Key, StoredResponse Response)> _queue = Channel.CreateBounded<(string, StoredResponse)>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );

    // A resource's map of variants is read, changed and written by one at a time.
    private readonly SemaphoreSlim _maps = new(1);
    private readonly Task _writing;
    private long _queuedBytes;
    private int _pending;
    private volatile bool _isOff;

    /// <summary>Makes the tier and begins to write what it is offered.</summary>
    /// <param name="store">Where responses lie.</param>
    /// <param name="largeBody">Bodies longer than this are never held in memory, in bytes.</param>
    /// <param name="purges">What was purged.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">The log.</param>
    public DiskTier(DiskStore store, long largeBody, PurgeLog purges, TimeProvider clock, ILogger logger)
    {
        _store = store;
        _purges = purges;
        _clock = clock;
        _logger = logger;
        // Shorter ones may fit an entry's own file, which is read whole.
        LargeBody = Math.Max(largeBody, 2 * BodyBlocks.Size);
        _writing = WriteQueuedAsync();
    }

    /// <summary>Bodies longer than this are never held in memory, in bytes.</summary>
    public long LargeBody
    {
        get => _isOff ? long.MaxValue : field;
        private init;
    }

    /// <summary>Bodies longer than this are not kept at all.</summary>
    public long LargestBody => _isOff ? 0 : _store.LargestBody;

    public long Bytes => _store.Bytes;

    public int Count => _store.Count;

    public long Failures => _store.Failures;

    /// <summary>How many responses wait to be written or are being written.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>Whether there may be a response of a resource; without touching the disk.</summary>
    public bool MayHold(string key) => !_isOff && _store.MayHold(key);

    /// <summary>Finds the response that answers a request. A long body's file is open until it is released.</summary>
    public async Task<StoredResponse?> FindAsync(string key, string target, IRequestFields request)
    {
        if (await _store.FindAsync(key, CancellationToken.None) is not { } entry)
        {
            return null;
        }

        if (VariantMap.TryDecode(entry.Head) is not { } map)
        {
            return await RebuildAsync(entry, target, request);
        }

        entry.Dispose();
        foreach (var variant in map.KeysFor(key, target, request))
        {
            if (
                await _store.FindAsync(variant, CancellationToken.None) is { } found
                && await RebuildAsync(found, target, request) is { } response
            )
            {
                return response;
            }
        }

        return null;
    }

    /// <summary>Takes a complete response that is in memory, to be written soon; not if too many wait already.</summary>
    public void Offer(string key, StoredResponse response)
    {
        if (_isOff || response.Body.OnDisk is not null)
        {
            return;
        }

        var length = response.Body.Length;
        Interlocked.Increment(ref _pending);
        if (Interlocked.Add(ref _queuedBytes, length) <= MaxQueuedBytes && _queue.Writer.TryWrite((key, response)))
        {
            return;
        }

        Interlocked.Decrement(ref _pending);
        Interlocked.Add(ref _queuedBytes, -length);
        // What lies there is older than what could not be written.
        Remove(key);
        response.MissedDisk();
    }

    /// <summary>Begins to write a long body while it arrives, with what is there of it so far.</summary>
    public async Task<DiskWrite> SpoolAsync(string key, StoredResponse response)
    {
        var write = _store.BeginWrite(await KeyForAsync(key, response));
        var body = response.Body;
        using var reader = body.Read();
        for (var left = body.Length; left > 0; )
        {
            var piece = await reader.ReadAsync(CancellationToken.None);
            await write.WriteAsync(piece);
            left -= piece.Length;
        }

        return write;
    }

    /// <summary>Ends a write: from now on the response is found, unless it was invalidated meanwhile.</summary>
    /// <returns>Whether it is kept.</returns>
    public async Task<bool> CommitAsync(string key, StoredResponse response, DiskWrite write)
    {
        if (
            _isOff
            || _purges.WasInvalidated(key, response.BeganAt)
            || !await write.CommitAsync(ResponseCodec.Encode(response, _clock))
        )
        {
            // What lies there is older than what could not be written.
            Remove(key);
            return false;
        }

        return !IsWithdrawn(key, response);
    }

    /// <summary>Writes what a validation has changed of a response whose body lies on disk.</summary>
    public async Task RenewAsync(string key, StoredResponse response)
    {
        if (response.Body.OnDisk is not { } body || _isOff || _purges.WasInvalidated(key, response.BeganAt))
        {
            // What lies there is older than what cannot be written.
            Remove(key);
            return;
        }

        Interlocked.Increment(ref _pending);
        try
        {
            var head = ResponseCodec.Encode(response, _clock);
            if (await _store.RenewAsync(await KeyForAsync(key, response), body, head))
            {
                IsWithdrawn(key, response);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    /// <summary>Removes every variant of a resource.</summary>
    /// <returns>Whether there was any.</returns>
    public bool Remove(string key) => _store.MayHold(key) && _store.Remove(key);

    /// <summary>Stops using the disk and removes everything: it can no longer be known what of it was purged.</summary>
    public void GiveUp(Exception reason)
    {
        _isOff = true;
        Log.TierOff(_logger, reason.Message);
        _store.Clear();
    }

    /// <summary>Closes the store without waiting for what is on its way there.</summary>
    public void Close()
    {
        _isOff = true;
        _queue.Writer.TryComplete();
        _store.Dispose();
    }

    /// <summary>Writes what waits, and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        _maps.Dispose();
        _store.Dispose();
    }

    private async Task WriteQueuedAsync()
    {
        await Task.Yield();
        await foreach (var (key, response) in _queue.Reader.ReadAllAsync())
        {
            try
            {
                await WriteAsync(key, response);
            }
            catch (Exception exception)
            {
                Log.QueuedWriteFailed(_logger, exception, LoggedKey.Of(key));
            }

            Interlocked.Add(ref _queuedBytes, -response.Body.Length);
            Interlocked.Decrement(ref _pending);
        }
    }

    private async Task WriteAsync(string key, StoredResponse response)
    {
        if (_isOff || _purges.WasInvalidated(key, response.BeganAt))
        {
            // What lies there is older than what may not be written.
            Remove(key);
            return;
        }

        await using var write = _store.BeginWrite(await KeyForAsync(key, response));
        using var reader = response.Body.Read();
        while (await reader.ReadAsync(CancellationToken.None) is { IsEmpty: false } piece)
        {
            await write.WriteAsync(piece);
        }

        await CommitAsync(key, response, write);
    }

    private bool IsWithdrawn(string key, StoredResponse response)
    {
        if (!_isOff && !_purges.WasInvalidated(key, response.BeganAt))
        {
            return false;
        }

        _store.Remove(key);
        return true;
    }

    /// <summary>Where a response belongs; the resource's map is made or extended if it must be.</summary>
    private async Task<string> KeyForAsync(string key, StoredResponse response)
    {
        var isAlone = response.Variance.Names.Count == 0;
        if (isAlone && !_store.MayHold(key))
        {
            return key;
        }

        await _maps.WaitAsync();
        try
        {
            var map = await MapForAsync(key, response);
            return map is null ? key : map.KeyOf(key, response);
        }
        finally
        {
            _maps.Release();
        }
    }

    private async Task<VariantMap?> MapForAsync(string key, StoredResponse response)
    {
        using var entry = await _store.FindAsync(key, CancellationToken.None);
        var known = entry is null ? null : VariantMap.TryDecode(entry.Head);
        if (known is null && response.Variance.Names.Count == 0 && IsOf(entry, response.Target))
        {
            return null;
        }

        // A response that had the place for itself is given up: it comes back when it is asked for.
        var map = (known ?? VariantMap.New()).With(response);
        if (!ReferenceEquals(map, known))
        {
            await using var write = _store.BeginWrite(key);
            await write.CommitAsync(map.Encode());
        }

        return map;
    }

    private bool IsOf(DiskEntry? entry, string target) =>
        entry is null
        || ResponseCodec.Decode(entry.Head, new ResponseBody(expectedLength: 0), _clock) is not { } other
        || (other.Target == target && other.Variance.Names.Count == 0);

    private async Task<StoredResponse?> RebuildAsync(DiskEntry entry, string target, IRequestFields request)
    {
        var largeBody = entry.BodyLength > LargeBody ? entry.Body : null;
        var body = largeBody is null ? new ResponseBody(entry.BodyLength) : ResponseBody.Of(largeBody);
        var response = ResponseCodec.Decode(entry.Head, body, _clock);
        if (
            response is null
            // Of a run whose clock was ahead: purges of this run would not concern it.
            || response.BeganAt > _purges.Position
            || !string.Equals(response.Target, target, StringComparison.Ordinal)
            || !response.Variance.Matches(request)
        )
        {
            entry.Dispose();
            return null;
        }

        response.ComesFromDisk();
        if (largeBody is not null)
        {
            return response;
        }

        using (entry)
        {
            return await TryFillAsync(body, entry) ? response : null;
        }
    }

    private static async Task<bool> TryFillAsync(ResponseBody body, DiskEntry entry)
    {
        if (entry.InlineBody is { } bytes)
        {
            body.Append(bytes.Span);
            body.Complete();
            return true;
        }

        using var reader = new BodyReader(ResponseBody.Of(entry.Body!), filling: null, start: 0);
        try
        {
            while (await reader.ReadAsync(CancellationToken.None) is { IsEmpty: false } piece)
            {
                body.Append(piece.Span);
            }
        }
        catch (BrokenBodyException)
        {
            // It has been removed already: it is fetched anew.
            return false;
        }

        body.Complete();
        return true;
    }
}
