namespace Selvedge.BuildOutput.Paths;

/// <summary>Relative paths as configuration writes them, with <c>/</c> between names.</summary>
internal static class TreePath
{
    /// <summary>Brings a path to its plain form: no <c>.</c>, <c>..</c> or empty names.</summary>
    /// <param name="path">The path as written.</param>
    /// <param name="plain">The plain form.</param>
    /// <returns>False if it is absolute, leads out of where it starts, leads nowhere, or cannot be a path at all.</returns>
    public static bool TryNormalize(string path, out string plain)
    {
        plain = "";
        if (path.StartsWith('/') || path.Contains('\0') || Path.IsPathRooted(path))
            return false;

        var names = new List<string>();
        foreach (var name in path.Split('/'))
        {
            if (name is "" or ".")
                continue;
            if (name != "..")
            {
                names.Add(name);
                continue;
            }

            if (names.Count == 0)
                return false;
            names.RemoveAt(names.Count - 1);
        }

        plain = string.Join('/', names);
        return names.Count > 0;
    }

    /// <summary>The directory part of a plain path; empty for a single name.</summary>
    public static string DirectoryOf(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";
}
