using System.Globalization;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>Where things lie in a store's directory.</summary>
/// <remarks>
/// <code>
/// lock                         held by the process that has the store open
/// tmp/SEQUENCE                 an entry that is being written
/// ab/ID.e                      an entry: key, head, and a body of up to 64 KiB
/// ab/ID.SEQUENCE.b             a longer body, in blocks
/// </code>
/// A body's file is complete before the entry that names it is renamed into place, so an entry is there whole or not at all.
/// </remarks>
internal sealed class DiskLayout(string root)
{
    public const int Shards = 256;
    public const string EntrySuffix = ".e";
    public const string BodySuffix = ".b";

    public string Root => root;

    public string Lock => Path.Combine(root, "lock");

    public string Temporary => Path.Combine(root, "tmp");

    public string ShardOf(int number) => Path.Combine(root, number.ToString("x2", CultureInfo.InvariantCulture));

    public string EntryOf(EntryId id) => Path.Combine(ShardOf(id.Shard), $"{id}{EntrySuffix}");

    public string BodyOf(EntryId id, long sequence) => Path.Combine(ShardOf(id.Shard), $"{id}.{sequence:x16}{BodySuffix}");

    public string TemporaryOf(long sequence) => Path.Combine(Temporary, sequence.ToString("x16", CultureInfo.InvariantCulture));

    /// <summary>The sequence in the name of a body's file.</summary>
    public static bool TryReadSequence(ReadOnlySpan<char> name, out long sequence)
    {
        sequence = 0;
        var at = name.IndexOf('.');
        return at >= 0
            && name.Length == at + 1 + 16 + BodySuffix.Length
            && long.TryParse(name.Slice(at + 1, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out sequence)
            && sequence > 0;
    }
}
