using Selvedge.BuildOutput.Files;
using Selvedge.BuildOutput.Json;
using Selvedge.BuildOutput.Paths;

namespace Selvedge.BuildOutput.Staging;

/// <summary>Adds the files of the project that a function's <c>filePathMap</c> names to the content of its bundle.</summary>
/// <remarks>
/// Node takes the real path of a module, so a bundle must not link to the project: its modules would be found there, and what is
/// beside them here would not. Hence files come in as themselves. Only links that stay inside the bundle are kept, since package
/// managers resolve dependencies by them (<c>node_modules/a -> .pnpm/a@1/node_modules/a</c>); others give way to what they lead to.
/// </remarks>
/// <param name="content">The bundle's content; at first what its own directory holds.</param>
/// <param name="configFile">The name of its configuration in faults.</param>
/// <param name="reading">The reading this is part of.</param>
/// <param name="cancellationToken">Ends the mapping.</param>
internal sealed class BundleMapping(
    DirectoryContent content,
    string configFile,
    OutputReading reading,
    CancellationToken cancellationToken
)
{
    private const string Key = "filePathMap";
    private const int MaxListedMissing = 3;

    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly List<(string Key, string Source)> _missing = [];
    private Queue<MappedLink> _links = new();

    /// <summary>Maps the files; what cannot be had is a fault.</summary>
    /// <param name="filePathMap">Paths in the bundle to paths in the project.</param>
    /// <param name="directory">The bundle's own directory.</param>
    public void Run(IReadOnlyDictionary<string, string> filePathMap, string directory)
    {
        // 1. What the bundle holds already. Its links may lead to what is mapped, so they wait.
        foreach (var path in content.Files.Keys)
            AddParents(path);
        foreach (var (path, text) in content.Links)
            AddLink(new(path, Path.Join(directory, path), text));
        content.Links.Clear();

        // 2. What is mapped.
        foreach (var (path, source) in filePathMap.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
            AddEntry(path, source);

        // 3. Links: those that stay inside first, for the others may turn out to lead to them.
        KeepInnerLinks();
        while (_links.TryDequeue(out var link))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!TryKeep(link))
                Replace(link);
        }

        ReportMissing();
    }

    private void AddEntry(string path, string source)
    {
        if (!TreePath.TryNormalize(path, out var destination))
            Fault(path, "Leads out of the function's directory.");
        else if (!TreePath.TryNormalize(source, out var plain))
            Fault(path, $"Takes {source}, which is not a path inside the project.");
        else
            AddSource(destination, plain);
    }

    private void AddSource(string path, string source)
    {
        // The links on the way are resolved and the last name is not: it may be a link to keep.
        var directory = Path.Join(reading.ProjectRoot, TreePath.DirectoryOf(source));
        switch (reading.RealPaths.Resolve(directory, out var parent))
        {
            case PathFault.None when RealPaths.IsInside(parent, reading.ProjectRoot):
                Add(path, Path.Join(parent, Path.GetFileName(source)));
                break;
            case PathFault.None:
                Fault(path, $"Takes {source}, which links lead out of the project.");
                break;
            default:
                _missing.Add((path, source));
                break;
        }
    }

    /// <summary>Adds what a path is, whose directory has no links.</summary>
    private void Add(string path, string realPath)
    {
        try
        {
            var info = new FileInfo(realPath);
            var attributes = info.Attributes;
            if (attributes == (FileAttributes)(-1))
                _missing.Add((path, InProject(realPath)));
            else if (info.LinkTarget is { } text)
                AddLink(new(path, realPath, text));
            else if (attributes.HasFlag(FileAttributes.Directory))
                AddDirectory(path, realPath);
            else if (FileTypes.IsRegular(realPath))
                AddFile(path, realPath);
            else
                Fault(path, $"Takes {InProject(realPath)}, which is a pipe, a socket or a device.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fault(path, $"Takes {InProject(realPath)}, which cannot be read: {e.Message}");
        }
    }

    private void AddFile(string path, string realPath)
    {
        content.Files[path] = realPath;
        AddParents(path);
    }

    private void AddLink(MappedLink link)
    {
        _links.Enqueue(link);
        AddParents(link.Path);
    }

    private void AddDirectory(string path, string realPath)
    {
        if (path.Count(static c => c == '/') > reading.Limits.MaxDepth)
        {
            Fault(path, $"Is nested too deep: {reading.Limits.MaxDepth} directories are allowed.");
            return;
        }

        _directories.Add(path);
        AddParents(path);
        var inner = reading.Lister.List(realPath, InProject(realPath), cancellationToken);
        foreach (var (name, file) in inner.Files)
            AddFile($"{path}/{name}", file);
        foreach (var (name, text) in inner.Links)
            AddLink(new($"{path}/{name}", Path.Join(realPath, name), text));
    }

    private void AddParents(string path)
    {
        for (var parent = TreePath.DirectoryOf(path); parent.Length > 0 && _directories.Add(parent); )
            parent = TreePath.DirectoryOf(parent);
    }

    private void KeepInnerLinks()
    {
        var rest = new Queue<MappedLink>();
        var paths = _links.Select(static link => link.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var link in _links)
        {
            if (!TryKeep(link, paths))
                rest.Enqueue(link);
        }

        _links = rest;
    }

    private bool TryKeep(MappedLink link, HashSet<string>? otherLinks = null)
    {
        if (!DirectoryContent.TryFollow(link.Path, link.Text, out var target))
            return false;
        var stays = content.Files.ContainsKey(target) || _directories.Contains(target) || otherLinks?.Contains(target) == true;
        if (stays)
            content.Links[link.Path] = link.Text;
        return stays;
    }

    private void Replace(MappedLink link)
    {
        var (path, source, _) = link;
        switch (reading.RealPaths.Resolve(source, out var real))
        {
            case PathFault.None when RealPaths.IsInside(real, reading.ProjectRoot) || RealPaths.IsInside(real, reading.Root):
                Add(path, real);
                break;
            case PathFault.None:
                Fault(path, "Takes a link that leads out of the project.");
                break;
            case PathFault.Missing:
                _missing.Add((path, InProject(source)));
                break;
            default:
                Fault(path, "Takes a link that leads in a circle or cannot be read.");
                break;
        }
    }

    private void ReportMissing()
    {
        for (var i = 0; i < Math.Min(_missing.Count, MaxListedMissing); i++)
        {
            var (path, source) = _missing[i];
            var omitted = i == MaxListedMissing - 1 ? _missing.Count - MaxListedMissing : 0;
            var more = omitted > 0 ? $" and {omitted} more" : "";
            Fault(
                path,
                $"Takes {source}{more}, not to be found in the project {reading.ProjectRoot}; build with `vercel build --standalone`, or "
                    + "name the directory that `vercel build` ran in with --project-root."
            );
        }
    }

    private string InProject(string realPath) => Path.GetRelativePath(reading.ProjectRoot, realPath);

    private void Fault(string path, string message) => reading.Faults.Add(configFile, JsonPath.Member(Key, path), message);
}
