using System.Collections.Concurrent;

namespace Selvedge.Caching.Purging;

/// <summary>Knows what was purged after a fetch began: by tag, by key, by the beginning of keys, and altogether.</summary>
/// <remarks>
/// A purge only advances a position; nothing is searched. A response remembers the position at which its <em>fetch began</em>,
/// so one that was on its way during the purge is caught as surely as one that was stored, and no index from tags to
/// responses is needed.
/// </remarks>
public sealed class PurgeLog
{
    // Beyond these limits the oldest marks are given up: what began before them counts as purged, which is safe.
    private const int MaxTags = 100_000;
    private const int MaxPrefixes = 256;
    private const int KeyStripes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, PurgeMarks> _tags = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _deployments = new(StringComparer.Ordinal);
    private readonly long[] _invalidated = new long[KeyStripes];
    private volatile KeyValuePair<string, PurgeMarks>[] _prefixes = [];
    private long _position;
    private long _allSoft;
    private long _allHard;

    /// <summary>The position a fetch that begins now remembers.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Makes every response that carries a tag stale or gone.</summary>
    /// <returns>The position of the purge.</returns>
    public long PurgeTag(string tag, bool soft)
    {
        lock (_lock)
        {
            if (_tags.Count >= MaxTags)
            {
                ForgetTags();
            }

            var position = Interlocked.Increment(ref _position);
            _tags[tag] = _tags.GetValueOrDefault(tag).With(position, soft);
            return position;
        }
    }

    /// <summary>Makes the responses of one key stale or gone.</summary>
    public void PurgeKey(string key, bool soft) => PurgeTag(TagOf(key), soft);

    /// <summary>The tag that every response of a key carries unsaid.</summary>
    // No response can say it: a tag holds no comma.
    public static string TagOf(string key) => $",{key}";

    /// <summary>Makes every response whose key begins with <paramref name="prefix"/> stale or gone.</summary>
    /// <returns>The position of the purge.</returns>
    public long PurgePrefix(string prefix, bool soft)
    {
        lock (_lock)
        {
            var before = _prefixes;
            var others = before.Where(entry => entry.Key != prefix).ToList();
            if (others.Count >= MaxPrefixes)
            {
                Volatile.Write(ref _allHard, Position);
                others.RemoveAt(0);
            }

            var marks = before.FirstOrDefault(entry => entry.Key == prefix).Value;
            var position = Interlocked.Increment(ref _position);
            _prefixes = [.. others, new(prefix, marks.With(position, soft))];
            return position;
        }
    }

    /// <summary>Makes everything stale or gone.</summary>
    /// <returns>The position of the purge.</returns>
    public long PurgeAll(bool soft)
    {
        lock (_lock)
        {
            var position = Interlocked.Increment(ref _position);
            Volatile.Write(ref soft ? ref _allSoft : ref _allHard, position);
            return position;
        }
    }

    /// <summary>Notes when a deployment was seen first: what its build made counts as begun then.</summary>
    /// <returns>The position: that of the first call for this revision.</returns>
    public long Deploy(string revision) => _deployments.GetOrAdd(revision, _ => Position);

    /// <summary>What must be written down for the marks to be restored.</summary>
    public IReadOnlyList<PurgeRecord> Snapshot()
    {
        lock (_lock)
        {
            var records = new List<PurgeRecord>
            {
                new(PurgeScope.All, Soft: true, "", Volatile.Read(ref _allSoft)),
                new(PurgeScope.All, Soft: false, "", Volatile.Read(ref _allHard)),
            };
            foreach (var (revision, position) in _deployments)
            {
                records.Add(new(PurgeScope.Deployment, Soft: false, revision, position));
            }

            foreach (var (tag, marks) in _tags)
            {
                Add(PurgeScope.Tag, tag, marks);
            }

            foreach (var (prefix, marks) in _prefixes)
            {
                Add(PurgeScope.Prefix, prefix, marks);
            }

            return records;

            void Add(PurgeScope scope, string name, PurgeMarks marks)
            {
                if (marks.Soft > 0)
                {
                    records.Add(new(scope, Soft: true, name, marks.Soft));
                }

                if (marks.Hard > 0)
                {
                    records.Add(new(scope, Soft: false, name, marks.Hard));
                }
            }
        }
    }

    /// <summary>Takes over what was written down before this log began to be used.</summary>
    public void Restore(PurgeRecord record)
    {
        lock (_lock)
        {
            Volatile.Write(ref _position, Math.Max(_position, record.Position));
            switch (record.Scope)
            {
                case PurgeScope.All:
                    ref var all = ref record.Soft ? ref _allSoft : ref _allHard;
                    Volatile.Write(ref all, Math.Max(all, record.Position));
                    break;
                case PurgeScope.Tag:
                    _tags[record.Name] = _tags.GetValueOrDefault(record.Name).With(record.Position, record.Soft);
                    break;
                case PurgeScope.Prefix:
                    var marks = _prefixes.FirstOrDefault(entry => entry.Key == record.Name).Value;
                    _prefixes =
                    [
                        .. _prefixes.Where(entry => entry.Key != record.Name),
                        new(record.Name, marks.With(record.Position, record.Soft)),
                    ];
                    break;
                case PurgeScope.Deployment:
                    _deployments[record.Name] = record.Position;
                    break;
            }
        }
    }

    /// <summary>Marks a key, so that what is being fetched for it is not stored.</summary>
    public void InvalidateKey(string key) =>
        Volatile.Write(ref _invalidated[StripeOf(key)], Interlocked.Increment(ref _position));

    /// <summary>
    /// Whether a key was invalidated after a position. A key that shares its stripe answers too: then a response is fetched once
    /// more than needed.
    /// </summary>
    public bool WasInvalidated(string key, long since) => Volatile.Read(ref _invalidated[StripeOf(key)]) > since;

    /// <summary>What purges have done to a response.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="beganAt">The position at which its fetch began.</param>
    public PurgeKind StateOf(string key, IReadOnlyList<string> tags, long beganAt)
    {
        // The common case: nothing was purged since.
        if (beganAt == Position)
        {
            return PurgeKind.None;
        }

        var state = new PurgeMarks(Volatile.Read(ref _allSoft), Volatile.Read(ref _allHard)).StateOf(beganAt);
        foreach (var (prefix, marks) in _prefixes)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                state = Worse(state, marks.StateOf(beganAt));
            }
        }

        if (_tags.TryGetValue(TagOf(key), out var ofKey))
        {
            state = Worse(state, ofKey.StateOf(beganAt));
        }

        for (var i = 0; i < tags.Count && state is not PurgeKind.Hard; i++)
        {
            if (_tags.TryGetValue(tags[i], out var marks))
            {
                state = Worse(state, marks.StateOf(beganAt));
            }
        }

        return state;
    }

    private void ForgetTags()
    {
        var oldest = _tags.OrderBy(entry => Math.Max(entry.Value.Soft, entry.Value.Hard)).Take(MaxTags / 2).ToList();
        // Whoever began before the youngest forgotten mark might have carried its tag.
        Volatile.Write(ref _allHard, Math.Max(_allHard, oldest.Max(entry => Math.Max(entry.Value.Soft, entry.Value.Hard))));
        foreach (var entry in oldest)
        {
            _tags.TryRemove(entry.Key, out _);
        }
    }

    private static int StripeOf(string key) => (int)((uint)key.GetHashCode(StringComparison.Ordinal) % KeyStripes);

    private static PurgeKind Worse(PurgeKind left, PurgeKind right) => left > right ? left : right;
}
