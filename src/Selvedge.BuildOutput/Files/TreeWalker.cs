namespace Selvedge.BuildOutput.Files;

/// <summary>Walks the trees of an output, following links as long as they stay in it.</summary>
/// <param name="root">The output's directory, without links; nothing outside it is ever listed.</param>
/// <param name="realPaths">Resolves links.</param>
/// <param name="limits">How much may be there, over all walks.</param>
/// <param name="faults">Takes what cannot be followed.</param>
internal sealed class TreeWalker(string root, RealPaths realPaths, BuildOutputLimits limits, FaultLog faults)
{
    private int _entries;

    /// <summary>Lists a tree in a fixed order.</summary>
    /// <param name="name">The tree's directory under the root: <c>static</c>. Nothing is listed if there is none.</param>
    /// <param name="isLeaf">Names of directories that are listed themselves and not entered. Other directories are not listed.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public List<TreeEntry> Walk(string name, Func<string, bool> isLeaf, CancellationToken cancellationToken)
    {
        var found = new List<TreeEntry>();
        if (Locate(Path.Join(root, name), name) is not { } tree)
            return found;
        if (tree.IsDirectory)
            Enter(tree.RealPath, "", name, [], 0);
        else
            faults.Add(name, "", "Must be a directory.");
        return found;

        void Enter(string directory, string path, string label, List<string> ancestors, int depth)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (depth > limits.MaxDepth)
            {
                faults.Add(label, "", $"Is nested too deep: {limits.MaxDepth} directories are allowed.");
                return;
            }

            if (ancestors.Contains(directory, StringComparer.Ordinal))
            {
                faults.Add(label, "", "Is a link to a directory that holds it; remove it.");
                return;
            }

            ancestors.Add(directory);
            foreach (var child in Names(directory, label))
            {
                if (_entries == limits.MaxEntries)
                    break;
                if (++_entries == limits.MaxEntries)
                    faults.Add(label, "", $"Holds too much: {limits.MaxEntries} files and directories are allowed in all.");

                var childPath = path.Length == 0 ? child : $"{path}/{child}";
                var childLabel = $"{name}/{childPath}";
                if (Locate(Path.Join(directory, child), childLabel) is not { } entry)
                    continue;
                if (entry.IsDirectory && !isLeaf(child))
                    Enter(entry.RealPath, childPath, childLabel, ancestors, depth + 1);
                else
                    found.Add(entry with { Path = childPath });
            }

            ancestors.RemoveAt(ancestors.Count - 1);
        }
    }

    /// <summary>Finds out what a path is, or adds a fault. Nothing being there is no fault unless a link says otherwise.</summary>
    private TreeEntry? Locate(string path, string label)
    {
        try
        {
            var info = new FileInfo(path);
            if (info.Attributes == (FileAttributes)(-1))
                return null;
            var link = info.LinkTarget;
            var real = path;
            if (link is not null && !TryFollow(path, label, link, out real))
                return null;
            if (File.GetAttributes(real).HasFlag(FileAttributes.Directory))
                return new TreeEntry("", real, IsDirectory: true);
            if (FileTypes.IsRegular(real))
                return new TreeEntry("", real, IsDirectory: false);
            faults.Add(label, "", "Is neither a file nor a directory but a pipe, a socket or a device; remove it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.AddUnreadable(label, e);
        }

        return null;
    }

    private bool TryFollow(string path, string label, string link, out string real)
    {
        switch (realPaths.Resolve(path, out real))
        {
            case PathFault.None when RealPaths.IsInside(real, root):
                return true;
            case PathFault.None:
                faults.Add(label, "", $"Is a link out of the build output, to {link}; put what it leads to inside.");
                return false;
            case PathFault.Missing:
                faults.Add(label, "", $"Is a link to {link}, which does not exist.");
                return false;
            case PathFault.Cycle:
                faults.Add(label, "", $"Is a link to {link}, which leads in a circle.");
                return false;
            default:
                faults.Add(label, "", $"Is a link to {link}, which cannot be read.");
                return false;
        }
    }

    private string[] Names(string directory, string label)
    {
        try
        {
            var names = Directory.EnumerateFileSystemEntries(directory).Select(static path => Path.GetFileName(path)).ToArray();
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.AddUnreadable(label, e);
            return [];
        }
    }
}
