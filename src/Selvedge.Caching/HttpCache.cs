using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Selvedge.Caching.Collapsing;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Purging;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching;

/// <summary>A shared HTTP cache: answers what it holds, and asks an origin once for everybody who wants the same.</summary>
/// <remarks>
/// <code>
/// request ─▶ 1 admit ─▶ 2 look up ─▶ fresh, or stale and allowed ─▶ answer  (and 3 refresh in the background)
///               │            │ (memory, then disk)
///               │            └─▶ 4 shareable? ─▶ 5 join ─┬─ lead ───▶ look again, fetch ─┐
///               │                    │ no                └─ follow ─▶ wait for headers ──┴─▶ 6 outcome ─▶ answer
///               └────────────────────┴─▶ pass: the origin answers this client alone
/// </code>
/// <c>DESIGN.md</c> beside this project has the invariants and the races.
/// </remarks>
public sealed partial class HttpCache : IDisposable, IAsyncDisposable
{
    // Enough for a burst of many variants; whoever is still unlucky asks the origin alone.
    private const int MaxRounds = 8;

    private readonly CacheOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<HttpCache> _logger;
    private readonly MemoryStore _store;
    private readonly PurgeLog _purges;
    private readonly DiskTier? _disk;
    private readonly RequestCollapser _collapser;
    private readonly PassMarkers _passMarkers;
    private readonly CacheMetrics _metrics;
    private readonly CancellationTokenSource _closing = new();
    private static readonly Lookup Unseen = new(null, Reuse.Validate, Forward.Request, default, null);

    private long _reloads;
    private int _refreshes;
    private int _fills;

    /// <summary>Makes a cache, empty but for what lies on disk.</summary>
    /// <param name="options">What it may use.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="meters">Makes its meter.</param>
    /// <param name="logger">The log.</param>
    /// <param name="disk">The disk tier, if there is to be one; the cache closes it.</param>
    public HttpCache(
        CacheOptions options,
        TimeProvider clock,
        IMeterFactory meters,
        ILogger<HttpCache> logger,
        DiskStore? disk = null
    )
    {
        _options = options;
        _clock = clock;
        _logger = logger;
        _store = new MemoryStore(options.MemoryBytes);
        _collapser = new RequestCollapser(options.MaxFollowers);
        _passMarkers = new PassMarkers(options.PassFor, options.MaxPassMarkers, clock);
        (_purges, _disk) = disk is null ? (new PurgeLog(), null) : OpenDisk(disk);
        _metrics = new CacheMetrics(meters, () => _store.Bytes, () => _store.Count, () => _collapser.Count, _disk);
    }

    /// <summary>How many responses are stored.</summary>
    public int Count => _store.Count;

    /// <summary>What they take, in bytes.</summary>
    public long Bytes => _store.Bytes;

    /// <summary>How many responses lie on disk, maps of variants included.</summary>
    public int DiskCount => _disk?.Count ?? 0;

    /// <summary>What they take there, in bytes.</summary>
    public long DiskBytes => _disk?.Bytes ?? 0;

    /// <summary>How many fetches are under way, bodies included. Zero when nothing happens.</summary>
    public int Fetches => _collapser.Count + Volatile.Read(ref _fills) + Volatile.Read(ref _refreshes);

    /// <summary>How many responses are on their way to the disk. Zero when nothing happens.</summary>
    public int DiskWrites => _disk?.Pending ?? 0;

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone. What others wait for goes on.</param>
    public ValueTask<CacheAnswer> AnswerAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        // 1. Admit.
        var policy = request.Policy;
        if (request.IsUncached || policy.Admit(request.Method, request.Fields, request.HasBody) is not Bypass.None)
        {
            return PassAsync(request, IsCacheable(request.Method) ? Forward.Bypass : Forward.Method, cancellationToken);
        }

        var directives = policy.RequestDirectives(request.Fields);
        if (request.IsReload)
        {
            return FetchAsync(request, directives, Unseen, cancellationToken);
        }

        // 2. Look up. A hit is answered here, without waiting for anything.
        var found = LookUp(request, directives);
        return TryAnswer(request, found) is { } answer
            ? ValueTask.FromResult(answer)
            : FetchAsync(request, directives, found, cancellationToken);
    }

    private async ValueTask<CacheAnswer> FetchAsync(
        CacheRequest request,
        CacheDirectives directives,
        Lookup found,
        CancellationToken cancellationToken
    )
    {
        if (found.Response is null && _disk is not null && !request.IsMemoryOnly && _disk.MayHold(request.Key))
        {
            // What memory lacks the disk may hold.
            found = await RecallAsync(_disk, request, directives, cancellationToken);
            if (TryAnswer(request, found) is { } recalled)
            {
                return recalled;
            }
        }

        if (directives.OnlyIfCached)
        {
            return new CacheAnswer
            {
                Failure = new FetchFailure(504, "ONLY_IF_CACHED"),
                Status = new CacheStatus(Forward.None) { Detail = "only-if-cached" },
            };
        }

        for (var round = 0; round < MaxRounds; round++)
        {
            // 4. Not everything can be shared.
            if (!IsShareable(request, directives, found))
            {
                break;
            }

            // 5. Join.
            var fetchKey = request.IsReload ? NextOwnKey(request) : FetchKey(request, found.Known);
            var leads = _collapser.Join(
                fetchKey,
                _purges.Position,
                beganAt => _purges.WasInvalidated(request.Key, beganAt),
                out var fetch
            );
            if (fetch is null)
            {
                break;
            }

            if (leads && TryLead(request, directives, fetchKey, fetch, ref found) is { } answer)
            {
                return answer;
            }

            // 6. The outcome.
            var patience =
                !leads && !request.MayWait ? TimeSpan.Zero
                : leads || found.Known is not null ? Timeout.InfiniteTimeSpan
                : request.Patience ?? _options.Patience;
            if (await WaitAsync(fetch, leads, patience, cancellationToken) is not { } outcome)
            {
                break;
            }

            if (TryAnswer(request, found, outcome, fetch, leads) is { } shared)
            {
                return shared;
            }

            if (outcome.Kind is FetchOutcomeKind.NotShared || request.IsReload)
            {
                break;
            }

            found = LookUp(request, directives);
            if (TryAnswer(request, found) is { } late)
            {
                return late;
            }
        }

        return await PassAsync(request, found.Forward, cancellationToken);
    }

    private bool IsShareable(CacheRequest request, CacheDirectives directives, Lookup found) =>
        request.Method == "GET"
        && found.Forward is not Forward.Bypass
        && !directives.NoStore
        && request.Fields.Get("range") is null
        && (found.Response is not null || !_passMarkers.Contains(MarkerKey(request)));

    private static RequestFacts FactsOf(CacheRequest request, CacheDirectives directives) =>
        new(request.Fields.Get("authorization") is not null, directives);

    private static string FetchKey(CacheRequest request, StoredResponse? known) =>
        $"{request.Key}\n{request.Target}\n{known?.Variance.KeyOf(request.Fields)}";

    // Nobody else can have it, so that nobody joins and nobody is joined.
    private string NextOwnKey(CacheRequest request) =>
        $"{request.Key}\n{request.Target}\n\n{Interlocked.Increment(ref _reloads)}";

    private static string MarkerKey(CacheRequest request) => $"{request.Key}\n{request.Target}";

    private static long Seconds(TimeSpan span) => (long)Math.Floor(span.TotalSeconds);

    private static bool IsCacheable(string method) => method is "GET" or "HEAD";

    // Methods that ask without changing anything (RFC 9110 section 9.2.1).
    private static bool IsSafe(string method) => method is "GET" or "HEAD" or "OPTIONS" or "TRACE";

    /// <summary>Gives up what is being fetched, and brings to disk what is on its way there.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_disk is not null)
        {
            await _disk.DisposeAsync();
        }

        _journal?.Dispose();
        _closing.Dispose();
    }

    /// <summary>Gives up what is being fetched. With a disk tier, prefer <see cref="DisposeAsync"/>.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _disk?.Close();
        _journal?.Dispose();
        _closing.Dispose();
    }
}
