using Selvedge.Streams.Engine;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Storage;

/// <summary>The index of all streams as it was read from a checkpoint file.</summary>
/// <remarks>
/// A checkpoint is taken while changes go on. Each stream says which of its records it already contains, so replaying the write-ahead
/// files from <see cref="FirstGeneration"/> on completes every stream to the same moment.
/// </remarks>
internal sealed class Checkpoint
{
    private const int EntryLimit = 1 << 30;

    /// <summary>The first write-ahead file whose content is not settled.</summary>
    public long FirstGeneration { get; private init; } = 1;

    public ulong LastId { get; private init; }

    public Dictionary<ulong, StreamState> Streams { get; } = [];

    // What the file is, and the version of the format.
    private static ReadOnlySpan<byte> Magic => "SELVCKP2"u8;

    /// <summary>Writes a checkpoint beside the one there is, which stays valid until <see cref="Install"/>.</summary>
    public static void Write(IStorageDevice device, IEnumerable<StreamState> streams, long firstGeneration, Func<ulong> lastId)
    {
        using var file = device.Create(FileNames.NewCheckpoint);
        using var writer = new RunWriter(file);
        using var entry = new PooledBuffer();
        writer.Write(Magic);
        writer.BeginRun();
        foreach (var stream in streams)
        {
            entry.Clear();
            lock (stream.Gate)
            {
                if (stream.Phase != StreamPhase.Removed)
                    WriteEntry_NeedsLock(stream, entry);
            }

            writer.Write(entry.Written.Span);
        }

        // The last id comes after the streams, so that none of them has a greater one.
        Span<byte> end = stackalloc byte[(3 * sizeof(long)) + sizeof(int)];
        var fields = new FieldWriter(end);
        fields.Int32(0);
        fields.Int64(firstGeneration);
        fields.UInt64(lastId());
        writer.Write(end[..fields.Length]);
        new FieldWriter(end).UInt32(writer.Checksum);
        writer.Write(end[..sizeof(uint)]);
        writer.Finish();
    }

    /// <summary>Puts the new checkpoint in the place of the old one.</summary>
    public static void Install(IStorageDevice device)
    {
        device.Rename(FileNames.NewCheckpoint, FileNames.Checkpoint);
        device.SyncDirectory();
    }

    /// <summary>Reads the checkpoint of a directory that has one.</summary>
    /// <param name="device">The directory.</param>
    /// <param name="segmentOf">Opens a segment by its number.</param>
    public static Checkpoint Read(IStorageDevice device, Func<long, Segment> segmentOf)
    {
        var bytes = ReadChecked(device);
        var fields = new FieldReader(bytes);
        var entries = new List<(int Offset, int Length)>();
        for (var offset = 0; fields.Int32() is var length and > 0; offset += sizeof(int) + length)
        {
            entries.Add((offset + sizeof(int), length));
            fields = new FieldReader(bytes.AsSpan(offset + sizeof(int) + length));
        }

        var checkpoint = new Checkpoint { FirstGeneration = fields.Int64(), LastId = fields.UInt64() };

        // A fork comes after its source, whose id is always the lower one.
        entries.Sort((left, right) => IdOf(left).CompareTo(IdOf(right)));
        foreach (var (offset, length) in entries)
        {
            var entry = new FieldReader(bytes.AsSpan(offset, length));
            var stream = CheckpointCodec.Read(ref entry, id => checkpoint.Streams.GetValueOrDefault(id), segmentOf);
            checkpoint.Streams.Add(stream.Id, stream);
        }

        return checkpoint;

        ulong IdOf((int Offset, int Length) entry) => new FieldReader(bytes.AsSpan(entry.Offset)).UInt64();
    }

    /// <summary>What a directory without a checkpoint begins with.</summary>
    public static Checkpoint Empty() => new();

    private static void WriteEntry_NeedsLock(StreamState stream, PooledBuffer entry)
    {
        var target = entry.GetSpan(sizeof(int) + CheckpointCodec.MaxSize_NeedsLock(stream));
        var fields = new FieldWriter(target[sizeof(int)..]);
        CheckpointCodec.Write_NeedsLock(stream, ref fields);
        new FieldWriter(target).Int32(fields.Length);
        entry.Advance(sizeof(int) + fields.Length);
    }

    private static byte[] ReadChecked(IStorageDevice device)
    {
        using var file = device.Open(FileNames.Checkpoint);
        var length = file.Length;
        if (length < Magic.Length + sizeof(uint) || length > EntryLimit)
            throw Damaged();
        var bytes = new byte[length];
        if (file.Read(bytes, 0) != length)
            throw Damaged();
        if (!bytes.AsSpan().StartsWith(Magic))
            throw bytes.AsSpan().StartsWith(Magic[..^1]) ? OtherVersion() : Damaged();
        var body = bytes[Magic.Length..^sizeof(uint)];
        if (Checksum.Of(body) != new FieldReader(bytes.AsSpan()[^sizeof(uint)..]).UInt32())
            throw Damaged();
        return body;
    }

    private static StreamStoreException OtherVersion() =>
        new($"'{FileNames.Checkpoint}' was written by another version of the server, whose format this one does not read.");

    private static StreamStoreException Damaged() =>
        new($"'{FileNames.Checkpoint}' is damaged: its checksum is wrong. Restore the data directory from a copy.");
}
