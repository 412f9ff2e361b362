using System.Collections.Concurrent;
using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>The segments there are, and how much of each is still wanted.</summary>
internal sealed class SegmentTable(IStorageDevice device) : IDisposable
{
    private readonly ConcurrentDictionary<long, Segment> _segments = new();
    private long _last;

    /// <summary>The first bytes of a segment: what it is, and the version of the format.</summary>
    public static ReadOnlySpan<byte> Magic => "SELVSEG2"u8;

    public IEnumerable<Segment> All => _segments.Values;

    /// <summary>Called with a sentence when a segment turns out to be damaged, once for each.</summary>
    public Action<string>? Damaged { get; set; }

    /// <summary>A new, empty segment, which counts once it is added.</summary>
    public Segment Create()
    {
        var number = Interlocked.Increment(ref _last);
        return new Segment(number, device.Create(FileNames.Segment(number)));
    }

    /// <summary>What can be said of bytes that the medium lost.</summary>
    public static string Describe(in Extent extent, StreamState stream) =>
        $"'{extent.File!.File.Name}' lost some of the bytes {extent.Start} to {extent.End} of the stream '{stream.Name}'.";

    /// <summary>The segment that holds an extent; null for what is not settled.</summary>
    public Segment? Of(in Extent extent) =>
        extent.Generation == 0 && extent.File is { } file ? _segments.GetValueOrDefault(file.SegmentNumber) : null;

    /// <summary>An extent was read back other than it was written.</summary>
    public void NoteDamage(in Extent extent, StreamState stream)
    {
        if (Of(extent)?.NoteDamage() == true)
            Damaged?.Invoke(Describe(extent, stream));
    }

    /// <summary>The segment of a number, opened if it is not open yet.</summary>
    public Segment Open(long number)
    {
        if (_segments.TryGetValue(number, out var segment))
            return segment;
        _last = Math.Max(_last, number);
        return _segments[number] = new Segment(number, device.Open(FileNames.Segment(number)));
    }

    public void Add(Segment segment) => _segments[segment.Number] = segment;

    /// <summary>The bytes of a stream are not wanted any more. Called under the stream's lock.</summary>
    public void Release(StreamState stream)
    {
        foreach (var extent in stream.Data.Items)
            Of(extent)?.Count(-extent.Length);
    }

    /// <summary>The segments in which nothing is wanted.</summary>
    public IReadOnlyList<Segment> Unneeded() => [.. _segments.Values.Where(segment => segment.Live == 0)];

    /// <summary>Gives a segment up, once its last reader has left.</summary>
    public void Remove(Segment segment)
    {
        if (!_segments.TryRemove(segment.Number, out _))
            return;
        segment.Block.Retire(file =>
        {
            file.Dispose();
            device.Delete(FileNames.Segment(segment.Number));
        });
    }

    public void Dispose()
    {
        foreach (var segment in _segments.Values)
            segment.Block.File.Dispose();
    }
}
