using Selvedge.Caching.Fields;
using Selvedge.Caching.Policy;

namespace Selvedge.Caching.Storage;

/// <summary>A response the cache holds, its body perhaps still arriving. Immutable but for that.</summary>
public class StoredResponse
{
    // What the objects of an entry cost beside what they hold: measured, not computed.
    private const int EntryOverhead = 350;

    // The same for what is worked out from one that was asked for, beside its texts.
    private const int PreparedOverhead = 1000;

    private const int NotAskedAgain = 0;
    private const int WantsDisk = 1;
    private const int IsOnDisk = 2;

    private long _heldUntil;
    private int _diskState;
    private PackedHead _head;

    /// <summary>The status code.</summary>
    public required int Status { get; init; }

    /// <summary>The header fields, one entry a line, without those that must not be shared. Made anew with each call.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Fields
    {
        // Unpacked once for all the lines: each by its index would begin anew.
        get => [.. _head];
        init => _head = PackedHead.Of(_head.Target, value);
    }

    /// <summary>The body.</summary>
    public required ResponseBody Body { get; init; }

    /// <summary>How long it lives.</summary>
    public required Freshness Freshness { get; init; }

    /// <summary>Which requests it answers.</summary>
    public required Variance Variance { get; init; }

    /// <summary>What routing chose to answer the request; a response answers only requests routed alike.</summary>
    public required string Target
    {
        get => _head.Target;
        init => _head = PackedHead.Of(value, Fields);
    }

    /// <summary>Its purge tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Its <c>ETag</c>, if it has one.</summary>
    public string? EntityTag => FieldLines.Combined(Fields, "etag");

    /// <summary>Its <c>Last-Modified</c> as the origin wrote it, if it has one.</summary>
    public string? LastModified => FieldLines.Combined(Fields, "last-modified");

    /// <summary>The position of the purge log when its fetch began.</summary>
    public required long BeganAt { get; init; }

    /// <summary>The clock's timestamp when its headers arrived.</summary>
    public required long ReceivedAt { get; init; }

    /// <summary>What whoever sends it has worked out from it once and wants to find again; of no meaning here.</summary>
    public object? Prepared { get; set; }

    /// <summary>How old it is (RFC 9111 section 4.2.3). Time it rested here is monotonic: a clock that is set does not age it.</summary>
    public TimeSpan AgeAt(TimeProvider clock) => Freshness.InitialAge + clock.GetElapsedTime(ReceivedAt);

    /// <summary>Whether routing chose this to answer it.</summary>
    internal bool IsFor(string target) => _head.IsFor(target);

    /// <summary>What it costs beside its body and key, in bytes.</summary>
    internal int Overhead =>
        EntryOverhead
        + _head.Size
        + (Prepared is null ? 0 : PreparedOverhead + (3 * _head.Size))
        + Tags.Sum(tag => 2 * tag.Length)
        + (2 * Variance.Length);

    /// <summary>Notes that it was asked for again, which earns it a place on disk.</summary>
    /// <returns>Whether whoever calls should put it there now: it is complete, and nobody else does.</returns>
    internal bool AskedAgain()
    {
        // The common case, and all it costs: it was noted before.
        if (Volatile.Read(ref _diskState) is not NotAskedAgain)
        {
            return false;
        }

        Interlocked.CompareExchange(ref _diskState, WantsDisk, NotAskedAgain);
        return Body.IsComplete && TakeForDisk();
    }

    /// <summary>Whether it has earned a place on disk and whoever calls is to put it there.</summary>
    internal bool TakeForDisk() => Interlocked.CompareExchange(ref _diskState, IsOnDisk, WantsDisk) is WantsDisk;

    /// <summary>It lies on disk already.</summary>
    internal void ComesFromDisk() => Volatile.Write(ref _diskState, IsOnDisk);

    /// <summary>It is never to be put there.</summary>
    internal void StaysInMemory() => Volatile.Write(ref _diskState, IsOnDisk);

    /// <summary>It could not be put there; it may be tried again.</summary>
    internal void MissedDisk() => Volatile.Write(ref _diskState, NotAskedAgain);

    /// <summary>Whether it may be refreshed now; after a failure it may not for a while.</summary>
    public bool MayRefresh(long timestamp) => Volatile.Read(ref _heldUntil) <= timestamp;

    /// <summary>Lets refreshing wait until a timestamp.</summary>
    public void HoldRefreshUntil(long timestamp) => Volatile.Write(ref _heldUntil, timestamp);
}
