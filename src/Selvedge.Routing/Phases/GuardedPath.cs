namespace Selvedge.Routing.Phases;

/// <summary>The other spelling of a path, by which a lookup finds the same thing.</summary>
internal static class GuardedPath
{
    /// <summary>The path with its escapes decoded; <see langword="null"/> if it has none.</summary>
    public static string? Of(string path)
    {
        if (!path.Contains('%'))
            return null;
        var decoded = Uri.UnescapeDataString(path);
        return string.Equals(decoded, path, StringComparison.Ordinal) ? null : decoded;
    }
}
