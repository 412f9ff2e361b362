using System.Collections.Concurrent;

namespace Selvedge.Server.Hits;

/// <summary>Remembers what admission and routing made of plain requests that were answered from memory.</summary>
/// <remarks>
/// Nothing of an answer is kept here: a request leads to a file or to a key of the cache, and what was sent is kept with those. Two
/// generations bound it: when the young one is full it becomes the old one, and the old one is dropped; what is found in the old one is
/// young again. Finding takes no lock.
/// </remarks>
internal sealed class KnownRequests
{
    private const int GenerationSize = 4096;
    private const int LongestName = 2048;

    private readonly Lock _turning = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>What such a request came to; <see langword="null"/> if that is not known.</summary>
    /// <param name="host">Its <c>Host</c> as the client wrote it.</param>
    /// <param name="rawTarget">Its request-target as the client wrote it.</param>
    public KnownRequest? Find(string host, string rawTarget)
    {
        var name = new Name(host, rawTarget);
        if (_young.Requests.TryGetValue(name, out var known))
        {
            return known;
        }

        if (_old.Requests.TryGetValue(name, out known))
        {
            Put(name, known);
        }

        return known;
    }

    /// <summary>Remembers it, in place of what was known before; not if it is too long to be worth it.</summary>
    public void Put(string host, string rawTarget, KnownRequest known)
    {
        if (host.Length + rawTarget.Length <= LongestName)
        {
            Put(new Name(host, rawTarget), known);
        }
    }

    private void Put(Name name, KnownRequest known)
    {
        var young = _young;
        young.Requests[name] = known;
        if (young.Grow() < GenerationSize)
        {
            return;
        }

        lock (_turning)
        {
            // Another request may have turned it already.
            if (ReferenceEquals(_young, young))
            {
                _old = young;
                _young = new Generation();
            }
        }
    }

    private readonly record struct Name(string Host, string RawTarget);

    private sealed class Generation
    {
        private int _count;

        public ConcurrentDictionary<Name, KnownRequest> Requests { get; } = new();

        // What takes another's place counts as well: that only turns the generations sooner.
        public int Grow() => Interlocked.Increment(ref _count);
    }
}
