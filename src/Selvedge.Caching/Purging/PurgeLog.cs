using System.Collections.Concurrent;

namespace Selvedge.Caching.Purging;

/// <summary>Knows what was purged after a fetch began: by tag, by key, by the beginning of keys, and altogether.</summary>
/// <remarks>
/// A purge only advances a position; nothing is searched. A response remembers the position at which its <em>fetch began</em>,
/// so one that was on its way during the purge is caught as surely as one that was stored, and no index from tags to
/// responses is needed. With a journal purges outlive the process; positions of a later run are all greater than those of an
/// earlier one, so that they compare.
/// </remarks>
public sealed class PurgeLog
{
    // Beyond these limits the oldest marks are given up: what began before them counts as purged, which is safe.
    private const int MaxTags = 100_000;
    private const int MaxPrefixes = 256;
    private const int KeyStripes = 64 * 1024;

    // More in the journal than there can be marks: time to leave out what later purges have made meaningless.
    private const int MaxRecords = 4 * MaxTags;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, PurgeMarks> _tags = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _deployments = new(StringComparer.Ordinal);
    private readonly long[] _invalidated = new long[KeyStripes];
    private volatile KeyValuePair<string, PurgeMarks>[] _prefixes = [];
    private readonly Action<Exception> _lost = _ => { };
    private PurgeJournal? _journal;
    private long _position;
    private long _allSoft;
    private long _allHard;

    /// <summary>A log that ends with the process.</summary>
    public PurgeLog() { }

    /// <summary>A log that goes on where its journal ends.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="start">The first position: greater than all of earlier runs.</param>
    /// <param name="lost">Called once if a purge cannot be kept: what it concerns must not outlive the process then.</param>
    public PurgeLog(PurgeJournal journal, long start, Action<Exception> lost)
    {
        foreach (var record in journal.Records)
        {
            Mark_NeedsLock(record);
            start = Math.Max(start, record.Position);
        }

        _position = start;
        _lost = lost;
        _journal = journal;
    }

    /// <summary>The position a fetch that begins now remembers.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Makes every response that carries a tag stale or gone.</summary>
    public void PurgeTag(string tag, bool soft) => Purge(PurgeScope.Tag, soft, tag);

    /// <summary>Makes the responses of one key stale or gone.</summary>
    public void PurgeKey(string key, bool soft) => PurgeTag(TagOf(key), soft);

    /// <summary>Makes every response whose key begins with <paramref name="prefix"/> stale or gone.</summary>
    public void PurgePrefix(string prefix, bool soft) => Purge(PurgeScope.Prefix, soft, prefix);

    /// <summary>Makes everything stale or gone.</summary>
    public void PurgeAll(bool soft) => Purge(PurgeScope.All, soft, "");

    /// <summary>Keeps where the log stands when a deployment comes: what its build made began no later.</summary>
    /// <param name="revision">The deployment's revision.</param>
    /// <returns>Where it stood when this revision came first.</returns>
    public long Deploy(string revision)
    {
        if (_deployments.TryGetValue(revision, out var known))
        {
            return known;
        }

        lock (_lock)
        {
            var record = new PurgeRecord(PurgeScope.Deployment, IsSoft: false, Position, revision);
            if (!_deployments.ContainsKey(revision))
            {
                Keep_NeedsLock(record);
                Mark_NeedsLock(record);
            }

            return _deployments[revision];
        }
    }

    /// <summary>Keeps where the log begins, so that a later run begins beyond, whichever way the clock is set meanwhile.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            var record = new PurgeRecord(PurgeScope.Deployment, IsSoft: false, Interlocked.Increment(ref _position), "");
            Keep_NeedsLock(record);
            Mark_NeedsLock(record);
        }
    }

    /// <summary>Marks a key, so that what is being fetched for it is not stored.</summary>
    /// <returns>The mark, and the one it replaces: of this key, or of one that shares its stripe.</returns>
    public (long Mark, long Previous) InvalidateKey(string key)
    {
        var mark = Interlocked.Increment(ref _position);
        return (mark, Interlocked.Exchange(ref _invalidated[StripeOf(key)], mark));
    }

    /// <summary>The last mark of a key.</summary>
    public long MarkOf(string key) => Volatile.Read(ref _invalidated[StripeOf(key)]);

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

    /// <summary>Which of some tags were purged after a position, whichever way.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="beganAt">The position at which a response's fetch began.</param>
    public IReadOnlyList<string> PurgedOf(IReadOnlyList<string> tags, long beganAt) =>
        beganAt == Position
            ? []
            : [.. tags.Where(tag => _tags.TryGetValue(tag, out var marks) && marks.StateOf(beganAt) is not PurgeKind.None)];

    private void Purge(PurgeScope scope, bool soft, string name)
    {
        lock (_lock)
        {
            var record = new PurgeRecord(scope, soft, Interlocked.Increment(ref _position), name);
            Keep_NeedsLock(record);
            Mark_NeedsLock(record);
        }
    }

    private void Keep_NeedsLock(PurgeRecord record)
    {
        if (_journal is null)
        {
            return;
        }

        try
        {
            _journal.Append(record);
            if (_journal.Count > MaxRecords)
            {
                _journal.Rewrite(Records_NeedsLock());
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _journal.Dispose();
            _journal = null;
            _lost(exception);
        }
    }

    private void Mark_NeedsLock(PurgeRecord record)
    {
        switch (record.Scope)
        {
            case PurgeScope.All:
                Volatile.Write(ref record.IsSoft ? ref _allSoft : ref _allHard, record.Position);
                break;
            case PurgeScope.Prefix:
                MarkPrefix_NeedsLock(record);
                break;
            case PurgeScope.Deployment:
                _deployments[record.Name] = record.Position;
                break;
            default:
                if (_tags.Count >= MaxTags)
                {
                    ForgetTags();
                }

                _tags[record.Name] = _tags.GetValueOrDefault(record.Name).With(record.Position, record.IsSoft);
                break;
        }
    }

    private void MarkPrefix_NeedsLock(PurgeRecord record)
    {
        var before = _prefixes;
        var others = before.Where(entry => entry.Key != record.Name).ToList();
        if (others.Count >= MaxPrefixes)
        {
            Volatile.Write(ref _allHard, record.Position - 1);
            others.RemoveAt(0);
        }

        var marks = before.FirstOrDefault(entry => entry.Key == record.Name).Value;
        _prefixes = [.. others, new(record.Name, marks.With(record.Position, record.IsSoft))];
    }

    /// <summary>The marks as records, in the order of their positions.</summary>
    private List<PurgeRecord> Records_NeedsLock()
    {
        var records = new List<PurgeRecord>();
        Add(PurgeScope.All, "", new PurgeMarks(_allSoft, _allHard));
        foreach (var (revision, position) in _deployments)
        {
            records.Add(new PurgeRecord(PurgeScope.Deployment, IsSoft: false, position, revision));
        }

        foreach (var (prefix, marks) in _prefixes)
        {
            Add(PurgeScope.Prefix, prefix, marks);
        }

        foreach (var (tag, marks) in _tags)
        {
            Add(PurgeScope.Tag, tag, marks);
        }

        records.Sort((left, right) => left.Position.CompareTo(right.Position));
        return records;

        void Add(PurgeScope scope, string name, PurgeMarks marks)
        {
            if (marks.Soft > 0)
            {
                records.Add(new PurgeRecord(scope, IsSoft: true, marks.Soft, name));
            }

            if (marks.Hard > 0)
            {
                records.Add(new PurgeRecord(scope, IsSoft: false, marks.Hard, name));
            }
        }
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

    // No response can carry it: a tag holds no comma.
    private static string TagOf(string key) => $",{key}";

    private static int StripeOf(string key) => (int)((uint)key.GetHashCode(StringComparison.Ordinal) % KeyStripes);

    private static PurgeKind Worse(PurgeKind left, PurgeKind right) => left > right ? left : right;
}
