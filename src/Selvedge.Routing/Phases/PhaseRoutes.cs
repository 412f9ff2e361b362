namespace Selvedge.Routing.Phases;

/// <summary>The routes of one phase, and an index that leaves only those a path can match.</summary>
/// <remarks>
/// The index is a tree over the literal beginnings of patterns. Each node knows, in the order of the file, all routes whose beginning
/// is that node's text or shorter; the deepest node that a path reaches holds the candidates. So a request pays for the routes that
/// share its beginning, and not for the table.
/// </remarks>
internal sealed class PhaseRoutes
{
    // Eight megabytes. A table that needs more has thousands of routes without a beginning, and an index would not help it.
    private const long MaxIndexSize = 500_000;

    private readonly PrefixNode _root;
    private readonly bool _hasGuards;

    /// <summary>Indexes the routes of a phase.</summary>
    /// <param name="routes">The routes in the order of the file.</param>
    public PhaseRoutes(IReadOnlyList<CompiledRoute> routes)
    {
        var builder = new PrefixNodeBuilder("");
        for (var i = 0; i < routes.Count; i++)
        {
            foreach (var prefix in routes[i].Pattern.Prefixes)
                builder.Add(prefix, i);
        }

        _root =
            builder.Size(inherited: 0) <= MaxIndexSize
                ? builder.Build(routes, [])
                : new PrefixNode("", [], routes.Select(static (route, order) => new IndexedRoute(order, route)).ToArray());
        IsEmpty = routes.Count == 0;
        _hasGuards = routes.Any(static route => route.IsGuard);
    }

    /// <summary>Whether the phase has no routes.</summary>
    public bool IsEmpty { get; }

    /// <summary>The routes that a path can match, in the order of the file.</summary>
    public IReadOnlyList<IndexedRoute> Candidates(string path)
    {
        var found = Find(path);
        return _hasGuards && GuardedPath.Of(path) is { } decoded ? WithGuards(found, Find(decoded)) : found;
    }

    private static IReadOnlyList<IndexedRoute> WithGuards(IReadOnlyList<IndexedRoute> found, IReadOnlyList<IndexedRoute> decoded)
    {
        var guards = decoded.Where(candidate => candidate.Route.IsGuard && !found.Contains(candidate)).ToList();
        return guards.Count == 0 ? found : [.. found.Concat(guards).OrderBy(static candidate => candidate.Order)];
    }

    private IReadOnlyList<IndexedRoute> Find(string path)
    {
        var node = _root;
        var position = 0;
        while (node.Child(path, position) is { } child)
        {
            position += child.Edge.Length;
            node = child;
        }

        return node.Routes;
    }
}
