using System.Collections.Immutable;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Projects;

/// <summary>The projects of a server. Reading costs a lookup; a change is durable before anybody sees it.</summary>
/// <remarks>
/// Readers take one snapshot and never wait. Changes happen one after another: the new table is written to a new file, flushed, renamed
/// over the old one and the directory flushed; only then does the table in memory become the new one. One process may change the
/// projects of a directory: the one that holds its streams.
/// </remarks>
public sealed class ProjectRegistry
{
    /// <summary>How many projects a server may have.</summary>
    public const int MaxProjects = 10_000;

    private readonly Lock _writing = new();
    private readonly ProjectFile? _file;
    private volatile ImmutableSortedDictionary<string, Project> _projects;

    private ProjectRegistry(ProjectFile? file, ImmutableSortedDictionary<string, Project> projects)
    {
        _file = file;
        _projects = projects;
    }

    /// <summary>Whether there is no project.</summary>
    public bool IsEmpty => _projects.IsEmpty;

    /// <summary>Every project, in the order of their names.</summary>
    public IEnumerable<Project> All => _projects.Values;

    /// <summary>Opens the projects of a data directory; there are none if it has no file of them.</summary>
    /// <exception cref="StreamStoreException">The file cannot be read; the message says why.</exception>
    public static ProjectRegistry Open(string dataDirectory)
    {
        var file = new ProjectFile(Path.Combine(dataDirectory, "projects.json"));
        return new ProjectRegistry(file, file.Read());
    }

    /// <summary>A registry that lives and dies with the process.</summary>
    public static ProjectRegistry InMemory() => new(null, ProjectFile.None);

    /// <summary>The project of a name, as it is now; null if there is none.</summary>
    public Project? Find(string name) => _projects.GetValueOrDefault(name);

    /// <summary>Makes a project.</summary>
    public ProjectOutcome Create(Project project)
    {
        lock (_writing)
        {
            return !StreamName.IsProject(project.Name) ? ProjectOutcome.NameRefused
                : _projects.ContainsKey(project.Name) ? ProjectOutcome.Exists
                : _projects.Count >= MaxProjects ? ProjectOutcome.TooMany
                : Replace_NeedsLock(_projects.Add(project.Name, project));
        }
    }

    /// <summary>Changes a project.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="change">One of <see cref="ProjectChanges"/>.</param>
    public ProjectOutcome Change(string name, Func<Project, (Project? Project, ProjectOutcome Outcome)> change)
    {
        lock (_writing)
        {
            if (Find(name) is not { } project)
                return ProjectOutcome.NotFound;
            var (changed, outcome) = change(project);
            return changed is null ? outcome : Replace_NeedsLock(_projects.SetItem(name, changed));
        }
    }

    /// <summary>Forgets a project. Its streams stay, and nobody reaches them until there is a project of that name again.</summary>
    public ProjectOutcome Remove(string name)
    {
        lock (_writing)
        {
            return _projects.ContainsKey(name) ? Replace_NeedsLock(_projects.Remove(name)) : ProjectOutcome.NotFound;
        }
    }

    private ProjectOutcome Replace_NeedsLock(ImmutableSortedDictionary<string, Project> projects)
    {
        if (_file?.TryWrite(projects.Values) == false)
            return ProjectOutcome.NotWritten;
        _projects = projects;
        return ProjectOutcome.Done;
    }
}
