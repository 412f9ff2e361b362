using System.Text;

namespace Selvedge.Streams.Protocol;

/// <summary>Which stream a URL path names: a project and an id, which may hold slashes.</summary>
/// <param name="Project">The project; <c>_default</c> for the short form of the URL.</param>
/// <param name="Id">The id, percent-decoded except for an encoded slash, which stays what it is.</param>
public readonly record struct StreamName(string Project, string Id)
{
    /// <summary>The project of <c>/v1/stream/{id…}</c>.</summary>
    public const string DefaultProject = "_default";

    /// <summary>The first segment of ids, and the project, that the server keeps for itself.</summary>
    public const string ReservedSegment = "__ds";

    /// <summary>The longest project name, and the longest id in UTF-8 bytes.</summary>
    public const int MaxProjectLength = 128;
    public const int MaxIdBytes = 1024;

    private const string Version = "/v1/";
    private const string Mount = "stream/";

    /// <summary>The name under which a store knows the stream.</summary>
    public string Key => $"{Project}/{Id}";

    /// <summary>The URL path of the stream, as this server writes it.</summary>
    public string Path => MountOf(Project) + Id;

    /// <summary>Whether the id is one of the server's own.</summary>
    public bool IsReserved => Id == ReservedSegment || Id.StartsWith(ReservedSegment + "/", StringComparison.Ordinal);

    /// <summary>What the URL paths of a project's streams begin with.</summary>
    public static string MountOf(string project) => project == DefaultProject ? Version + Mount : $"{Version}{project}/{Mount}";

    /// <summary>Reads a decoded URL path: <c>/v1/stream/{id…}</c> or <c>/v1/{project}/stream/{id…}</c>.</summary>
    /// <returns>False when the path is not a stream's, which includes an empty, overlong or unprintable id.</returns>
    public static bool TryParse(ReadOnlySpan<char> path, out StreamName name)
    {
        name = default;
        if (!path.StartsWith(Version, StringComparison.Ordinal))
            return false;
        var rest = path[Version.Length..];
        if (rest.StartsWith(Mount, StringComparison.Ordinal))
            return TryCreate(DefaultProject, rest[Mount.Length..], out name);
        var slash = rest.IndexOf('/');
        if (slash <= 0 || !rest[(slash + 1)..].StartsWith(Mount, StringComparison.Ordinal))
            return false;
        return TryCreate(rest[..slash], rest[(slash + 1 + Mount.Length)..], out name);
    }

    /// <summary>Reads a path that is still percent-encoded, as header values are.</summary>
    public static bool TryParseEncoded(string path, out StreamName name)
    {
        // As the server does for request paths: an encoded slash is not a separator, so it is left alone.
        var kept = path.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase);
        return TryParse(Uri.UnescapeDataString(kept), out name);
    }

    /// <summary>Makes a name of its parts; false when either is not allowed.</summary>
    public static bool TryCreate(ReadOnlySpan<char> project, ReadOnlySpan<char> id, out StreamName name)
    {
        name = default;
        if (!IsProject(project))
            return false;
        if (id.IsEmpty || id[0] == '/' || id.Length > MaxIdBytes || Encoding.UTF8.GetByteCount(id) > MaxIdBytes)
            return false;
        // Control characters would end up in headers and logs; a lone surrogate has no UTF-8 form.
        if (id.ContainsAnyInRange('\0', '\u001F') || id.ContainsAnyInRange('\u007F', '\u009F') || id.Contains('\uFFFD'))
            return false;
        name = new StreamName(project.ToString(), id.ToString());
        return true;
    }

    /// <summary>Whether a project may have a name: letters, digits, <c>_</c> and <c>-</c>, and no word that begins other paths.</summary>
    public static bool IsProject(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxProjectLength
        && !name.ContainsAnyExcept(ProjectCharacters)
        && name is not (ReservedSegment or "stream" or "estuary" or "config");

    private static readonly System.Buffers.SearchValues<char> ProjectCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    );
}
