using System.Collections.Concurrent;

namespace Selvedge.Caching.Collapsing;

/// <summary>Remembers which resources cannot be shared, so that requests for them do not wait for each other ("hit-for-miss").</summary>
/// <remarks>Two generations, the older dropped whole when its time is over or the younger is full: bounded, and never swept.</remarks>
public sealed class PassMarkers(TimeSpan lifetime, int capacity, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private ConcurrentDictionary<string, byte> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, byte> _old = new(StringComparer.Ordinal);
    private int _youngCount;
    private long _turnedAt = clock.GetTimestamp();

    /// <summary>Whether a resource is marked.</summary>
    public bool Contains(string key)
    {
        Turn();
        return _young.ContainsKey(key) || _old.ContainsKey(key);
    }

    /// <summary>Marks a resource, for one to two lifetimes.</summary>
    public void Add(string key)
    {
        Turn();
        if (_young.TryAdd(key, 0))
        {
            Interlocked.Increment(ref _youngCount);
        }
    }

    /// <summary>A shared response was seen: the next requests may wait for each other again.</summary>
    public void Remove(string key)
    {
        _young.TryRemove(key, out _);
        _old.TryRemove(key, out _);
    }

    private void Turn()
    {
        if (clock.GetElapsedTime(Volatile.Read(ref _turnedAt)) < lifetime && Volatile.Read(ref _youngCount) < capacity)
        {
            return;
        }

        lock (_lock)
        {
            var elapsed = clock.GetElapsedTime(_turnedAt);
            if (elapsed < lifetime && Volatile.Read(ref _youngCount) < capacity)
            {
                return;
            }

            _old = elapsed < 2 * lifetime ? _young : new(StringComparer.Ordinal);
            _young = new(StringComparer.Ordinal);
            _youngCount = 0;
            Volatile.Write(ref _turnedAt, clock.GetTimestamp());
        }
    }
}
