namespace Selvedge.BuildOutput.Files;

/// <summary>Walks the trees of an output, following links as long as they stay in it.</summary>
/// <param name="root">The output's directory, without links; nothing outside it is ever listed.</param>
/// <param name="realPaths">Resolves links.</param>
/// <param name="limits">How deep a tree may be.</param>
/// <param name="budget">How much may be there, over all walks.</param>
/// <param name="faults">Takes what cannot be followed.</param>
internal sealed class TreeWalker(string root, RealPaths realPaths, BuildOutputLimits limits, EntryBudget budget, FaultLog faults)
{
    /// <summary>Lists a tree in a fixed order.</summary>
    /// <param name="name">The tree's directory under the root: <c>static</c>. Nothing is listed if there is none.</param>
    /// <param name="isLeaf">Names of directories that are listed themselves and not entered. Other directories are not listed.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public List<TreeEntry> Walk(string name, Func<string, bool> isLeaf, CancellationToken cancellationToken)
    {
        var found = new List<TreeEntry>();
        var path = Path.Join(root, name);
        if (!Path.Exists(path) && new FileInfo(path).LinkTarget is null)
            return found;
        if (Locate(path, name) is not { } tree)
            return found;
        if (tree.IsDirectory)
            Enter(new(tree.RealPath, "", null, 0));
        else
            faults.Add(name, "", "Must be a directory.");
        return found;

        void Enter(Visit visit)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var label = visit.Path.Length == 0 ? name : $"{name}/{visit.Path}";
            if (visit.Depth > limits.MaxDepth)
            {
                faults.Add(label, "", $"Is nested too deep: {limits.MaxDepth} directories are allowed.");
                return;
            }

            if (visit.IsInItself)
            {
                faults.Add(label, "", "Is a link to a directory that holds it; remove it.");
                return;
            }

            foreach (var child in DirectoryNames.Of(visit.Directory, label, faults))
            {
                if (!budget.TryTake(label))
                    return;
                var childPath = visit.Path.Length == 0 ? child : $"{visit.Path}/{child}";
                if (Locate(Path.Join(visit.Directory, child), $"{name}/{childPath}") is not { } entry)
                    continue;
                if (entry.IsDirectory && !isLeaf(child))
                    Enter(new(entry.RealPath, childPath, visit, visit.Depth + 1));
                else
                    found.Add(entry with { Path = childPath });
            }
        }
    }

    /// <summary>Finds out what a path is, or adds a fault.</summary>
    private TreeEntry? Locate(string path, string label)
    {
        try
        {
            var real = path;
            if (new FileInfo(path).LinkTarget is { } link && !TryFollow(path, label, link, out real))
                return null;
            if (File.GetAttributes(real).HasFlag(FileAttributes.Directory))
                return new TreeEntry("", real, IsDirectory: true);
            if (FileTypes.IsRegular(real))
                return new TreeEntry("", real, IsDirectory: false);
            faults.Add(label, "", "Is neither a file nor a directory but a pipe, a socket or a device; remove it.");
        }
        catch (FileNotFoundException)
        {
            faults.Add(label, "", "Is gone since it was listed, or has a name that is not UTF-8; rename it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.AddUnreadable(label, e);
        }

        return null;
    }

    private bool TryFollow(string path, string label, string link, out string real)
    {
        var fault = realPaths.Resolve(path, out real);
        if (fault == PathFault.None && RealPaths.IsInside(real, root))
            return true;
        var problem = fault switch
        {
            PathFault.None => $"Is a link out of the build output, to {link}; put what it leads to inside.",
            PathFault.Missing => $"Is a link to {link}, which does not exist.",
            PathFault.Cycle => $"Is a link to {link}, which leads in a circle.",
            _ => $"Is a link to {link}, which cannot be read.",
        };
        faults.Add(label, "", problem);
        return false;
    }

    /// <summary>A directory on the way down, and the one it was entered from.</summary>
    private sealed record Visit(string Directory, string Path, Visit? Parent, int Depth)
    {
        public bool IsInItself
        {
            get
            {
                for (var visit = Parent; visit is not null; visit = visit.Parent)
                {
                    if (visit.Directory == Directory)
                        return true;
                }

                return false;
            }
        }
    }
}
