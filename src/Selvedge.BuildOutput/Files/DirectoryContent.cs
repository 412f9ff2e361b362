using Selvedge.BuildOutput.Paths;

namespace Selvedge.BuildOutput.Files;

/// <summary>What a directory holds, or shall hold, through all its depth. Paths are relative to it, with <c>/</c> between names.</summary>
internal sealed class DirectoryContent
{
    // What Linux allows before it answers ELOOP.
    private const int MaxLinks = 40;

    /// <summary>Regular files: path to the file that has the content, absolute and without links.</summary>
    public SortedDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Symbolic links: path to the text of the link.</summary>
    public SortedDictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a path is a file here, be it through links that stay inside.</summary>
    public bool HasFile(string path)
    {
        for (var links = 0; !Files.ContainsKey(path); links++)
        {
            if (links == MaxLinks || FirstLink(path) is not { } link)
                return false;
            if (!TryFollow(link, Links[link], out var target))
                return false;
            path = target + path[link.Length..];
        }

        return true;
    }

    /// <summary>Where a link leads, if it stays inside by its text alone.</summary>
    public static bool TryFollow(string path, string text, out string target)
    {
        target = "";
        return !text.StartsWith('/') && TreePath.TryNormalize($"{TreePath.DirectoryOf(path)}/{text}".TrimStart('/'), out target);
    }

    private string? FirstLink(string path)
    {
        if (Links.Count == 0)
            return null;
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (Links.ContainsKey(path[..end]))
                return path[..end];
        }

        return Links.ContainsKey(path) ? path : null;
    }
}
