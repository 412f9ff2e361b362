using System.Globalization;

namespace Selvedge.Streams.Storage;

/// <summary>The names of the files in a data directory.</summary>
internal static class FileNames
{
    public const string Checkpoint = "checkpoint";
    public const string NewCheckpoint = "checkpoint.new";

    private const string WalPrefix = "wal-";
    private const string SegmentPrefix = "segment-";
    private const string SparePrefix = "spare-";

    public static string Wal(long generation) => WalPrefix + Format(generation);

    public static string Segment(long number) => SegmentPrefix + Format(number);

    public static string Spare(long number) => SparePrefix + Format(number);

    public static bool TryParseWal(string name, out long generation) => TryParse(name, WalPrefix, out generation);

    public static bool TryParseSegment(string name, out long number) => TryParse(name, SegmentPrefix, out number);

    public static bool TryParseSpare(string name, out long number) => TryParse(name, SparePrefix, out number);

    private static string Format(long number) => number.ToString("x16", CultureInfo.InvariantCulture);

    private static bool TryParse(string name, string prefix, out long number)
    {
        number = 0;
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && long.TryParse(
                name.AsSpan(prefix.Length),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out number
            );
    }
}
