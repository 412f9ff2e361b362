using System.IO.Enumeration;
using Microsoft.Win32.SafeHandles;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>Finds the entries of a directory by their names and lengths, and deletes what interrupted writes left behind.</summary>
/// <remarks>Only entries that have a body file beside them are opened, to see whether it is theirs; no body is read.</remarks>
internal sealed class DirectoryScan(DiskLayout layout, IDiskFiles files)
{
    private readonly List<(DiskSlot Slot, DateTimeOffset WrittenAt)> _found = [];

    /// <summary>The largest sequence that any file has.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Everything there is, the oldest first.</summary>
    public IEnumerable<DiskSlot> Run()
    {
        Directory.CreateDirectory(layout.Temporary);
        foreach (var path in Directory.EnumerateFiles(layout.Temporary))
        {
            files.Delete(path);
        }

        for (var shard = 0; shard < DiskLayout.Shards; shard++)
        {
            var path = layout.ShardOf(shard);
            if (Directory.Exists(path))
            {
                ScanShard(path, shard);
            }
        }

        _found.Sort((left, right) => left.WrittenAt.CompareTo(right.WrittenAt));
        return _found.Select(entry => entry.Slot);
    }

    private void ScanShard(string path, int shard)
    {
        var entries = new Dictionary<EntryId, Found>();
        Dictionary<EntryId, List<Found>>? bodies = null;
        var listing = new FileSystemEnumerable<Found>(
            path,
            (ref entry) => new Found(entry.FileName.ToString(), entry.Length, entry.LastWriteTimeUtc)
        );
        foreach (var file in listing)
        {
            if (!EntryId.TryParse(file.Name, out var id) || id.Shard != shard)
            {
                continue;
            }

            if (DiskLayout.TryReadSequence(file.Name, out var sequence))
            {
                LastSequence = Math.Max(LastSequence, sequence);
                bodies ??= [];
                if (!bodies.TryGetValue(id, out var list))
                {
                    bodies[id] = list = [];
                }

                list.Add(file with { Sequence = sequence });
            }
            else if (file.Name.EndsWith(DiskLayout.EntrySuffix, StringComparison.Ordinal))
            {
                entries[id] = file;
            }
        }

        foreach (var (id, file) in entries)
        {
            List<Found>? candidates = null;
            bodies?.Remove(id, out candidates);
            var body = candidates is null ? default : ChooseBody(path, file, candidates);
            _found.Add((new DiskSlot(id, DiskSlot.BytesOf(file.Length, body.Length), body.Sequence), file.WrittenAt));
        }

        foreach (var orphan in bodies?.Values.SelectMany(list => list) ?? [])
        {
            files.Delete(Path.Combine(path, orphan.Name));
        }
    }

    private Found ChooseBody(string path, Found entry, List<Found> candidates)
    {
        var wanted = ReadSequence(Path.Combine(path, entry.Name), entry.Length);
        var chosen = default(Found);
        foreach (var candidate in candidates)
        {
            if (candidate.Sequence == wanted)
            {
                chosen = candidate;
            }
            else
            {
                files.Delete(Path.Combine(path, candidate.Name));
            }
        }

        return chosen;
    }

    private static long ReadSequence(string path, long length)
    {
        Span<byte> bytes = stackalloc byte[EntryHeader.Size];
        using SafeFileHandle file = DiskFiles.OpenToRead(path);
        return RandomAccess.Read(file, bytes, 0) == bytes.Length && EntryHeader.TryRead(bytes, length, out var header)
            ? header.BodySequence
            : 0;
    }

    private readonly record struct Found(string Name, long Length, DateTimeOffset WrittenAt, long Sequence = 0);
}
