namespace Selvedge.BuildOutput.Files;

/// <summary>Lists a directory as it is: links are listed and not followed.</summary>
internal sealed class DirectoryLister(BuildOutputLimits limits, EntryBudget budget, FaultLog faults)
{
    /// <summary>Lists it.</summary>
    /// <param name="directory">The directory, absolute and without links.</param>
    /// <param name="label">Its name in faults.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public DirectoryContent List(string directory, string label, CancellationToken cancellationToken)
    {
        var content = new DirectoryContent();
        var pending = new Stack<(string RealPath, string Path, int Depth)>();
        pending.Push((directory, "", 0));
        while (pending.TryPop(out var current))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var currentLabel = Join(label, current.Path);
            if (current.Depth > limits.MaxDepth)
            {
                faults.Add(currentLabel, "", $"Is nested too deep: {limits.MaxDepth} directories are allowed.");
                continue;
            }

            foreach (var name in DirectoryNames.Of(current.RealPath, currentLabel, faults))
            {
                if (!budget.TryTake(currentLabel))
                    return content;
                var path = Join(current.Path, name);
                var realPath = Path.Join(current.RealPath, name);
                if (AddFileOrLink(content, path, realPath, label))
                    pending.Push((realPath, path, current.Depth + 1));
            }
        }

        return content;
    }

    /// <summary>Adds what is no directory.</summary>
    /// <returns>Whether it is a directory.</returns>
    private bool AddFileOrLink(DirectoryContent content, string path, string realPath, string label)
    {
        try
        {
            if (new FileInfo(realPath).LinkTarget is { } target)
                content.Links.Add(path, target);
            else if (File.GetAttributes(realPath).HasFlag(FileAttributes.Directory))
                return true;
            else if (FileTypes.IsRegular(realPath))
                content.Files.Add(path, realPath);
            else
                faults.Add(
                    Join(label, path),
                    "",
                    "Is neither a file nor a directory but a pipe, a socket or a device; remove it."
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.AddUnreadable(Join(label, path), e);
        }

        return false;
    }

    private static string Join(string directory, string name) =>
        directory.Length == 0 ? name
        : name.Length == 0 ? directory
        : $"{directory}/{name}";
}
