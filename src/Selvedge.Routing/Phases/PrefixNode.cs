namespace Selvedge.Routing.Phases;

/// <summary>A node of a phase's index.</summary>
/// <param name="edge">The text between its parent and it, lower case.</param>
/// <param name="children">The nodes below it, no two beginning with the same character.</param>
/// <param name="routes">The candidates for a path that reaches it and no further.</param>
internal sealed class PrefixNode(string edge, PrefixNode[] children, IndexedRoute[] routes)
{
    /// <summary>The text between its parent and it, lower case.</summary>
    public string Edge { get; } = edge;

    /// <summary>The candidates for a path that reaches it and no further.</summary>
    public IReadOnlyList<IndexedRoute> Routes { get; } = routes;

    /// <summary>The child whose edge follows in a path, or <see langword="null"/>.</summary>
    public PrefixNode? Child(string path, int position)
    {
        if (position >= path.Length)
            return null;

        var first = PrefixText.Fold(path[position]);
        foreach (var child in children)
        {
            if (child.Edge[0] == first)
                return PrefixText.StartsWith(path.AsSpan(position), child.Edge) ? child : null;
        }

        return null;
    }
}
