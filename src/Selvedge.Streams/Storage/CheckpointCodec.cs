using Selvedge.Streams.Engine;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Storage;

/// <summary>The stored form of one stream in a checkpoint.</summary>
internal static class CheckpointCodec
{
    private const int Numbers = 160;
    private const int ExtentSize = 4 * sizeof(long);

    public static int MaxSize_NeedsLock(StreamState stream)
    {
        var size = Numbers + FieldWriter.MaxSize(stream.Name) + ConfigCodec.MaxSize(stream.Config);
        size += FieldWriter.MaxSize(stream.ClosedBy?.Id) + FieldWriter.MaxSize(stream.LastSequence);
        foreach (var (id, _) in stream.Producers ?? [])
            size += FieldWriter.MaxSize(id) + (2 * sizeof(long));
        return size + (stream.Data.Items.Length * ExtentSize);
    }

    public static void Write_NeedsLock(StreamState stream, ref FieldWriter fields)
    {
        fields.UInt64(stream.Id);
        fields.Text(stream.Name);
        ConfigCodec.Write(stream.Config, ref fields);
        fields.UInt64(stream.Parent?.Id ?? 0);
        fields.Byte((byte)stream.Phase);
        fields.Int64(stream.Tail);
        fields.Byte(stream.IsClosed ? (byte)1 : (byte)0);
        fields.OptionalText(stream.ClosedBy?.Id);
        fields.Int64(stream.ClosedBy?.Epoch ?? 0);
        fields.Int64(stream.ClosedBy?.Sequence ?? 0);
        fields.OptionalText(stream.LastSequence);
        fields.Int64(stream.LastUse);
        fields.Int64(stream.LoggedUse);
        fields.Int64(stream.LastRecord);
        fields.Int32(stream.Producers?.Count ?? 0);
        foreach (var (id, state) in stream.Producers ?? [])
        {
            fields.Text(id);
            fields.Int64(state.Epoch);
            fields.Int64(state.LastSequence);
        }

        WriteExtents(stream.Data.Items, ref fields);
    }

    public static StreamState Read(ref FieldReader fields, Func<ulong, StreamState?> parentOf, Func<long, Segment> segmentOf)
    {
        var stream = new StreamState(fields.UInt64(), fields.Text(), ConfigCodec.Read(ref fields), parentOf(fields.UInt64()))
        {
            Phase = (StreamPhase)fields.Byte(),
            Tail = fields.Int64(),
            IsClosed = fields.Byte() != 0,
        };
        var closedBy = fields.OptionalText();
        var claim = new ProducerClaim(closedBy ?? "", fields.Int64(), fields.Int64());
        stream.ClosedBy = closedBy is null ? null : claim;
        stream.LastSequence = fields.OptionalText();
        stream.LastUse = fields.Int64();
        stream.LoggedUse = fields.Int64();
        stream.LastRecord = fields.Int64();
        for (var left = fields.Int32(); left > 0; left--)
        {
            stream.Producers ??= new(StringComparer.Ordinal);
            stream.Producers[fields.Text()] = new ProducerState(fields.Int64(), fields.Int64());
        }

        for (var left = fields.Int32(); left > 0; left--)
            ReadExtent(stream, ref fields, segmentOf);
        return stream;
    }

    // Content that is not settled yet is left out: the write-ahead files that hold it are replayed.
    private static void WriteExtents(ReadOnlySpan<Extent> extents, ref FieldWriter fields)
    {
        var settled = 0;
        foreach (var extent in extents)
            settled += extent.Generation == 0 ? 1 : 0;
        fields.Int32(settled);
        foreach (var extent in extents)
        {
            if (extent.Generation != 0)
                continue;
            fields.Int64(extent.Start);
            fields.Int64(extent.Length);
            fields.Int64(extent.File!.SegmentNumber);
            fields.Int64(extent.FileOffset);
        }
    }

    private static void ReadExtent(StreamState stream, ref FieldReader fields, Func<long, Segment> segmentOf)
    {
        var (start, length) = (fields.Int64(), fields.Int64());
        var segment = segmentOf(fields.Int64());
        var extent = new Extent
        {
            Start = start,
            Length = length,
            File = segment.Block,
            FileOffset = fields.Int64(),
        };
        segment.Count(length);
        stream.Data.Add(extent);
    }
}
