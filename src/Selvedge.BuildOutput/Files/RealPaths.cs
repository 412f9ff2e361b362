namespace Selvedge.BuildOutput.Files;

/// <summary>Resolves the links along a path, as <c>realpath(3)</c> does. Remembers directories; not for several threads.</summary>
internal sealed class RealPaths
{
    // What Linux allows before it answers ELOOP.
    private const int MaxLinks = 40;

    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);

    /// <summary>Whether a path lies in a directory or is it. Both absolute and without links.</summary>
    public static bool IsInside(string path, string directory)
    {
        var root = Path.TrimEndingDirectorySeparator(directory);
        return path.StartsWith(root, StringComparison.Ordinal)
            && (
                path.Length == root.Length
                || path[root.Length] == Path.DirectorySeparatorChar
                || Path.EndsInDirectorySeparator(root)
            );
    }

    /// <summary>Resolves an absolute path.</summary>
    /// <param name="path">The path; <c>..</c> is taken after the links before it, as the system does.</param>
    /// <param name="resolved">The path without links.</param>
    /// <returns><see cref="PathFault.None"/>, or why there is no such path.</returns>
    public PathFault Resolve(string path, out string resolved)
    {
        resolved = Path.GetPathRoot(path)!;
        var remaining = new Stack<string>();
        Push(remaining, path);
        for (var links = 0; remaining.TryPop(out var segment); )
        {
            if (segment == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }

            var next = Path.Join(resolved, segment);
            if (_directories.Contains(next))
            {
                resolved = next;
                continue;
            }

            var fault = Look(next, out var attributes, out var target);
            if (fault != PathFault.None)
                return fault;
            if (target is null)
            {
                if (attributes.HasFlag(FileAttributes.Directory))
                    _directories.Add(next);
                resolved = next;
                continue;
            }

            if (++links > MaxLinks)
                return PathFault.Cycle;
            if (Path.IsPathRooted(target))
                resolved = Path.GetPathRoot(target)!;
            Push(remaining, target);
        }

        return PathFault.None;
    }

    private static PathFault Look(string path, out FileAttributes attributes, out string? target)
    {
        target = null;
        attributes = default;
        try
        {
            var info = new FileInfo(path);
            attributes = info.Attributes;

            // What FileInfo answers for a path that is not there.
            if (attributes == (FileAttributes)(-1))
                return PathFault.Missing;
            if (attributes.HasFlag(FileAttributes.ReparsePoint))
                target = info.LinkTarget;
            return PathFault.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return PathFault.Unreadable;
        }
    }

    private static void Push(Stack<string> remaining, string path)
    {
        var segments = path[Path.GetPathRoot(path)!.Length..].Split(Path.DirectorySeparatorChar);
        for (var i = segments.Length - 1; i >= 0; i--)
        {
            if (segments[i].Length > 0 && segments[i] != ".")
                remaining.Push(segments[i]);
        }
    }
}
