using System.Collections.Concurrent;

namespace Selvedge.Caching.Collapsing;

/// <summary>
/// Lets one request fetch a response while the others that want the same response wait for it ("collapsed requests", RFC 9111
/// section 4).
/// </summary>
/// <remarks>
/// A lead must look in the store once more before it fetches, because an earlier fetch may have settled between this request's
/// miss and its call to <see cref="Join"/>.
/// </remarks>
public sealed class RequestCollapser(int maxFollowers)
{
    private readonly ConcurrentDictionary<string, SharedFetch> _inFlight = new(StringComparer.Ordinal);

    /// <summary>How many fetches wait for their headers.</summary>
    public int Count => _inFlight.Count;

    /// <summary>Joins the fetch in flight for a key, or begins one.</summary>
    /// <param name="key">Resource, target and variant.</param>
    /// <param name="position">The purge log's position: a fetch that began before an invalidation is not joined after it.</param>
    /// <param name="isOutdated">Whether a fetch that began at a position may hold what has been invalidated since.</param>
    /// <param name="fetch">The fetch; <see langword="null"/> if it has as many followers as it takes.</param>
    /// <returns>Whether the caller leads, and must settle the fetch.</returns>
    public bool Join(string key, long position, Func<long, bool> isOutdated, out SharedFetch? fetch)
    {
        while (true)
        {
            if (_inFlight.TryGetValue(key, out var current))
            {
                if (!isOutdated(current.BeganAt))
                {
                    if (current.TryJoin(maxFollowers))
                    {
                        fetch = current;
                        return false;
                    }

                    if (!current.Outcome.IsCompleted && !current.Unwanted.IsCancellationRequested)
                    {
                        fetch = null;
                        return false;
                    }
                }

                // Outdated, abandoned or settled: make room for a successor.
                _inFlight.TryRemove(new(key, current));
            }

            var candidate = new SharedFetch(position);
            if (_inFlight.TryAdd(key, candidate))
            {
                fetch = candidate;
                return true;
            }

            candidate.Dispose();
        }
    }

    /// <summary>Begins a fetch nobody waits for, unless one is in flight.</summary>
    public SharedFetch? TryBegin(string key, long position)
    {
        var candidate = new SharedFetch(position);
        if (_inFlight.TryAdd(key, candidate))
        {
            return candidate;
        }

        candidate.Dispose();
        return null;
    }

    /// <summary>Takes a fetch out, so that the next request begins a new one. A successor under the same key stays.</summary>
    public void Remove(string key, SharedFetch fetch) => _inFlight.TryRemove(new(key, fetch));
}
