using Selvedge.Caching.Origins;

namespace Selvedge.Caching.Collapsing;

/// <summary>One fetch on behalf of everybody who wants the same response at the same time.</summary>
/// <remarks>
/// It belongs to the cache: the client that came first may leave. It is cancelled when the last one who waits for its headers
/// leaves, and not at all once they have arrived.
/// </remarks>
public sealed class SharedFetch : IDisposable
{
    // Asynchronous continuations keep a thousand followers from running on the fetch's thread.
    private readonly TaskCompletionSource<FetchOutcome> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _unwanted = new();
    private readonly Lock _lock = new();
    private Followers? _followers;
    private OriginReply? _reply;
    private bool _leadGone;
    private int _interested = 1;
    private bool _closed;
    private bool _arrived;

    /// <summary>Begins a fetch with its lead as the only one interested.</summary>
    /// <param name="beganAt">The purge log's position.</param>
    public SharedFetch(long beganAt)
    {
        BeganAt = beganAt;
        Unwanted = _unwanted.Token;
    }

    /// <summary>The purge log's position when it began.</summary>
    public long BeganAt { get; }

    /// <summary>Cancelled when nobody wants it any more.</summary>
    public CancellationToken Unwanted { get; }

    /// <summary>Completes when the headers have arrived or the fetch has failed; never faults.</summary>
    public Task<FetchOutcome> Outcome => _settled.Task;

    /// <summary>Joins as a follower.</summary>
    /// <param name="limit">How many may wait.</param>
    /// <returns><see langword="false"/> if it is too late, or too many wait already.</returns>
    public bool TryJoin(int limit)
    {
        lock (_lock)
        {
            if (_closed || _interested >= limit)
                return false;
            _interested++;
            return true;
        }
    }

    /// <summary>Leaves before the outcome.</summary>
    public void Leave(bool asLead)
    {
        OriginReply? orphan = null;
        var last = false;
        lock (_lock)
        {
            if (asLead)
            {
                _leadGone = true;
                (orphan, _reply) = (_reply, null);
            }

            if (--_interested == 0 && !_arrived)
            {
                _closed = true;
                last = true;
            }
        }

        if (last)
            _unwanted.Cancel();
        _ = orphan?.DisposeAsync().AsTask();
    }

    /// <summary>Begins without a lead: a reply that cannot be shared has no taker.</summary>
    public void LeadIsAbsent()
    {
        lock (_lock)
            _leadGone = true;
    }

    /// <summary>The headers are there: from now on the fetch is not cancelled.</summary>
    public void Arrive()
    {
        lock (_lock)
            _arrived = true;
    }

    /// <summary>Lets nobody else join.</summary>
    /// <returns>How many wait, the lead among them.</returns>
    public int Close()
    {
        lock (_lock)
        {
            _closed = true;
            return _interested;
        }
    }

    /// <summary>Leaves a reply for the lead, who must take or lose it.</summary>
    public void OfferToLead(OriginReply reply)
    {
        lock (_lock)
        {
            if (!_leadGone)
            {
                _reply = reply;
                return;
            }
        }

        _ = reply.DisposeAsync().AsTask();
    }

    /// <summary>Takes the reply that was left for the lead.</summary>
    public OriginReply? TakeReply()
    {
        lock (_lock)
        {
            (var reply, _reply) = (_reply, null);
            return reply;
        }
    }

    /// <summary>What a follower waits for: the outcome, when it is his turn to be told.</summary>
    public Task<FetchOutcome> FollowAsync()
    {
        lock (_lock)
            return _settled.Task.IsCompleted ? _settled.Task : (_followers ??= new Followers()).Join_NeedsLock();
    }

    /// <summary>Tells everybody who waits, the lead first. Only the first call has an effect.</summary>
    public void Settle(FetchOutcome outcome)
    {
        lock (_lock)
        {
            if (!_settled.TrySetResult(outcome))
                return;
        }

        _followers?.Wake(outcome);
    }

    public void Dispose() => _unwanted.Dispose();
}
