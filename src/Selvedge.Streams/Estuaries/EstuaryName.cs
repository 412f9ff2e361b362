using System.Buffers;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Estuaries;

/// <summary>Names of estuaries, and of the reserved streams that say what they follow.</summary>
public static class EstuaryName
{
    /// <summary>The longest name of an estuary.</summary>
    public const int MaxLength = 128;

    /// <summary>The word that stands where an estuary's name would, in the path of a publish.</summary>
    public const string Publish = "publish";

    private const string Folder = StreamName.ReservedSegment + "/estuaries/";

    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-:."
    );

    /// <summary>Whether an estuary may have a name.</summary>
    public static bool IsOne(string name) =>
        name.Length is > 0 and <= MaxLength
        && !name.AsSpan().ContainsAnyExcept(Characters)
        && name is not (Publish or "." or ".." or StreamName.ReservedSegment);

    /// <summary>The store's name of the record that an estuary follows a stream. No estuary's name holds a slash, so it can be read back.</summary>
    internal static string RecordOf(string project, string estuary, string stream) => $"{project}/{Folder}{estuary}/{stream}";

    /// <summary>Reads the store's name of a record.</summary>
    internal static bool TryParseRecord(string name, out string project, out string estuary, out string stream)
    {
        (project, estuary, stream) = ("", "", "");
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !name.AsSpan(slash + 1).StartsWith(Folder, StringComparison.Ordinal))
            return false;
        var rest = name[(slash + 1 + Folder.Length)..];
        var end = rest.IndexOf('/', StringComparison.Ordinal);
        if (end < 0)
            return false;
        (project, estuary, stream) = (name[..slash], rest[..end], rest[(end + 1)..]);
        return true;
    }
}
