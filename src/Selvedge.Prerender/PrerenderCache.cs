using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Selvedge.Caching;
using Selvedge.Caching.Collapsing;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Purging;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;
using Selvedge.Caching.Storage.Disk;
using Selvedge.Prerender.Entries;
using Selvedge.Prerender.Persistence;
using Selvedge.Prerender.Policy;

namespace Selvedge.Prerender;

/// <summary>Incremental static regeneration: answers with what was rendered before, and renders once for everybody who waits.</summary>
/// <remarks>
/// <code>
/// request ─▶ 1 look up in memory ─▶ fresh, or stale and allowed ─▶ answer  (and 2 regenerate the group in the background)
///               └─▶ 3 join ─┬─ lead ───▶ memory again, persistent tier, the build's copy ─▶ none: render ─┐
///                           └─ follow ─▶ wait ────────────────────────────────────────────────────────────┴─▶ 4 outcome
/// a request with the token ─▶ mark what there is ─▶ 3 (and the group in the background)
/// </code>
/// <c>DESIGN.md</c> beside this project has the table of states, the invariants and the races.
/// </remarks>
public sealed partial class PrerenderCache : IAsyncDisposable
{
    // Enough for a page that is purged again and again while it is rendered; whoever is still unlucky renders alone.
    private const int MaxRounds = 8;

    /// <summary>
    /// The failure that says: there is only half a page for everybody, so let the function make a whole one for this visitor.
    /// </summary>
    public static FetchFailure RenderForOne { get; } = new(500, "RENDER_FOR_ONE");

    private readonly PrerenderCacheOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<PrerenderCache> _logger;
    private readonly MemoryStore _memory;
    private DiskStore? _store;
    private PurgeJournal? _journal;
    private readonly EntryDisk? _disk;
    private readonly PurgeLog _purges;
    private readonly RequestCollapser _collapser;
    private readonly PassMarkers _passMarkers;
    private readonly BuildCopies _buildCopies;
    private readonly PrerenderMetrics _metrics;
    private readonly ConcurrentDictionary<string, byte> _regenerating = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();
    private readonly PendingWork _work = new();
    private int _isClosed;

    /// <summary>Opens the cache; what an earlier one left in the directory is there again.</summary>
    /// <exception cref="DiskStoreException">The directory is in use by another process, or cannot be used.</exception>
    /// <exception cref="IOException">The journal of purges cannot be read or made.</exception>
    public PrerenderCache(PrerenderCacheOptions options, TimeProvider clock, IMeterFactory meters, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        _options = options;
        _clock = clock;
        _logger = loggers.CreateLogger<PrerenderCache>();
        _purges = options.Directory is { } directory ? OpenDirectory(directory, loggers) : new PurgeLog();
        _disk = _store is null ? null : new EntryDisk(_store, _purges, clock);
        _memory = new MemoryStore(options.MemoryBytes);
        _collapser = new RequestCollapser(options.MaxFollowers);
        _passMarkers = new PassMarkers(options.PassFor, options.MaxPassMarkers, clock);
        _buildCopies = new BuildCopies(clock, _logger);
        _metrics = new PrerenderMetrics(meters, () => _memory.Bytes, () => _memory.Count);
    }

    /// <summary>How many entries are in memory.</summary>
    public int Count => _memory.Count;

    /// <summary>What they take, in bytes.</summary>
    public long Bytes => _memory.Bytes;

    /// <summary>What entries take on disk, in bytes.</summary>
    public long DiskBytes => _disk?.Bytes ?? 0;

    /// <summary>How many entries are on disk.</summary>
    public int DiskCount => _disk?.Count ?? 0;

    /// <summary>How much is being rendered, read and written. Zero when nothing happens.</summary>
    public int Work => _work.Count;

    /// <summary>Completes when nothing is being rendered, read or written, if only for a moment.</summary>
    public Task WhenQuietAsync() => _work.WhenQuietAsync();

    /// <summary>Makes a deployment known before its first request, so that a purge knows what the build made from what comes later.</summary>
    public void Add(PrerenderSite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        _purges.Deploy(site.Revision);
    }

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone. What is being rendered goes on.</param>
    public ValueTask<CacheAnswer> AnswerAsync(PrerenderRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Demand is not PrerenderDemand.Visit)
        {
            return RevalidateAsync(request, cancellationToken);
        }

        // 1. Look up. A hit is answered here, without waiting for anything.
        var entry = Find(request.Key);
        return TryAnswer(request, entry) is { } answer
            ? ValueTask.FromResult(answer)
            : FetchAsync(request, entry, cancellationToken);
    }

    private PrerenderEntry? Find(PrerenderKey key) => _memory.Find(key.Text, "", NoFields.Instance, out _) as PrerenderEntry;

    private CacheAnswer? TryAnswer(PrerenderRequest request, PrerenderEntry? entry)
    {
        if (entry is null)
        {
            return null;
        }

        var facts = entry.FactsAt(_clock, _purges);
        var action = PrerenderPolicy.Decide(PrerenderDemand.Visit, facts);
        if (action is PrerenderAction.AnswerAndRegenerate or PrerenderAction.AnswerWithShell)
        {
            // 2. Regenerate, while the client has its answer.
            RegenerateInBackground(request, facts.IsHeld);
        }

        return action switch
        {
            PrerenderAction.Answer => AnswerWith(entry, facts, VerdictOf(entry, CacheVerdict.Hit)),
            PrerenderAction.AnswerAndRegenerate => AnswerWith(entry, facts, VerdictOf(entry, CacheVerdict.Stale)),
            PrerenderAction.AnswerWithShell => AnswerWith(entry, facts, CacheVerdict.Prerender),
            _ => null,
        };
    }

    // What the build made says so to the first who gets it.
    private static CacheVerdict VerdictOf(PrerenderEntry entry, CacheVerdict otherwise) =>
        entry.Source is not EntrySource.Rendered && entry.TakeFirstServe() ? CacheVerdict.Prerender : otherwise;

    private CacheAnswer AnswerWith(PrerenderEntry entry, EntryFacts facts, CacheVerdict verdict)
    {
        _metrics.Answered(verdict, collapsed: false);
        return new CacheAnswer
        {
            Stored = entry,
            Age = facts.Age,
            Verdict = verdict,
            Status = new CacheStatus(Forward.None) { TimeToLive = SecondsLeft(facts) },
        };
    }

    private async ValueTask<CacheAnswer> FetchAsync(
        PrerenderRequest request,
        PrerenderEntry? entry,
        CancellationToken cancellationToken
    )
    {
        var forward = entry is null ? Forward.UriMiss : Forward.Stale;
        for (var round = 0; round < MaxRounds && !_passMarkers.Contains(request.Key.Text); round++)
        {
            // 3. Join.
            var known = entry;
            var leads = _collapser.Join(
                request.Key.Text,
                _purges.Position,
                since => WasPurged(request.Key, known, since),
                out var fetch
            );
            if (fetch is null || (!leads && !request.MayFollow))
            {
                break;
            }

            if (leads)
            {
                _ = RunAsync(request, fetch, NewInvocation());
            }

            // 4. The outcome.
            var outcome = await WaitAsync(fetch, leads, cancellationToken);
            if (AnswerOf(request, outcome, fetch, leads, forward) is { } answer)
            {
                return answer;
            }

            if (outcome.Kind is FetchOutcomeKind.NotShared)
            {
                break;
            }

            entry = Find(request.Key);
            if (TryAnswer(request, entry) is { } late)
            {
                return late;
            }
        }

        return await RenderAloneAsync(request, forward, cancellationToken);
    }

    private CacheAnswer? AnswerOf(PrerenderRequest request, FetchOutcome outcome, SharedFetch fetch, bool leads, Forward forward)
    {
        var status = new CacheStatus(forward) { ForwardStatus = outcome.OriginStatus, Collapsed = !leads };
        if (outcome.Failure is { } failure)
        {
            return new CacheAnswer { Failure = failure, Status = status };
        }

        if (leads && fetch.TakeReply() is { } reply)
        {
            _metrics.Answered(CacheVerdict.Miss, collapsed: false);
            return new CacheAnswer { Reply = reply, Status = status with { Detail = outcome.NotStored.ToString() } };
        }

        if (outcome is not { Kind: FetchOutcomeKind.Shared, Response: PrerenderEntry entry })
        {
            return null;
        }

        if (outcome.Verdict is CacheVerdict.Hit)
        {
            // Found where the lead looked: each of those who waited judges it for itself.
            return TryAnswer(request, entry);
        }

        // A purge in between: whoever came after it must not have this.
        if (!leads && entry.FactsAt(_clock, _purges).Purged is PurgeKind.Hard)
        {
            return null;
        }

        _metrics.Answered(outcome.Verdict, !leads);
        var stored = outcome is { NotStored: NotStored.None, Verdict: not CacheVerdict.Stale };
        return new CacheAnswer
        {
            Stored = entry,
            Age = outcome.Verdict is CacheVerdict.Stale ? entry.AgeAt(_clock) : null,
            Verdict = outcome.Verdict,
            Status = status with
            {
                Stored = stored,
                TimeToLive = stored && entry.Expiration is { } expiration ? (long)expiration.TotalSeconds : null,
                Detail = outcome.NotStored is NotStored.None ? null : outcome.NotStored.ToString(),
            },
        };
    }

    // Too many wait already, or what it renders is for nobody else.
    private async ValueTask<CacheAnswer> RenderAloneAsync(
        PrerenderRequest request,
        Forward forward,
        CancellationToken cancellationToken
    )
    {
        if (request.Prerender.Config.Chain is not null)
        {
            // What is rendered for all is half a page, and this is for one.
            return new CacheAnswer { Failure = RenderForOne, Status = new CacheStatus(forward) };
        }

        var reply = await request.Site.Renderer.RenderAsync(OrderOf(request, NewInvocation()), cancellationToken);
        _metrics.Answered(CacheVerdict.Miss, collapsed: false);
        var status = new CacheStatus(forward) { ForwardStatus = reply.Answered ? reply.Status : null };
        if (reply.Failure is { } failure)
        {
            return new CacheAnswer { Failure = failure, Status = status };
        }

        if (PrerenderPolicy.Judge(reply.Status, reply.Fields, request.Prerender.Config).Reason is NotStored.None)
        {
            // It has become shareable: the next request renders for everybody.
            _passMarkers.Remove(request.Key.Text);
        }

        return new CacheAnswer { Reply = reply, Status = status };
    }

    private static async ValueTask<FetchOutcome> WaitAsync(SharedFetch fetch, bool leads, CancellationToken cancellationToken)
    {
        try
        {
            return await (leads ? fetch.Outcome : fetch.FollowAsync()).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            fetch.Leave(leads);
            throw;
        }
    }

    // What is being rendered since before a purge is not joined after it.
    private bool WasPurged(PrerenderKey key, PrerenderEntry? known, long since) =>
        since != _purges.Position
        && (
            _purges.StateOf(known?.PurgeKey ?? "", known?.Tags ?? [], since) is not PurgeKind.None
            || _purges.StateOf("", key.GroupTag is { } group ? [key.PageTag, group] : [key.PageTag], since) is not PurgeKind.None
        );

    private RenderOrder OrderOf(PrerenderRequest request, string invocationId) =>
        new(request.Prerender, request.Key.Query, request.Scene, invocationId, request.Demand is not PrerenderDemand.Visit);

    // Random, because a framework keeps renders by it and no client may guess one.
    private static string NewInvocation() => Guid.NewGuid().ToString("N");

    private static long? SecondsLeft(EntryFacts facts) =>
        facts.Expiration is { } expiration ? (long)Math.Floor((expiration - facts.Age).TotalSeconds) : null;

    private PurgeLog OpenDirectory(string directory, ILoggerFactory loggers)
    {
        var store = DiskStore.Open(
            new DiskStoreOptions { Directory = Path.Combine(directory, "entries"), MaxBytes = _options.DiskBytes },
            _clock,
            loggers
        );
        try
        {
            var purges = PurgeFile.Open(Path.Combine(directory, "purges"), _clock.GetUtcNow(), _logger, out _journal);
            _store = store;
            return purges;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Gives up what is being rendered, and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1)
        {
            return;
        }

        await _closing.CancelAsync();
        await _work.WhenQuietAsync();
        _journal?.Dispose();
        _store?.Dispose();
        _closing.Dispose();
    }
}
