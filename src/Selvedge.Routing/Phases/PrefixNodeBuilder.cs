namespace Selvedge.Routing.Phases;

/// <summary>Builds a phase's index.</summary>
/// <param name="edge">The text between its parent and this node.</param>
internal sealed class PrefixNodeBuilder(string edge)
{
    // Deeper, a tree of hostile prefixes would cost more than it saves; shorter prefixes only mean more candidates.
    private const int MaxPrefix = 128;

    private readonly List<PrefixNodeBuilder> _children = [];
    private readonly SortedSet<int> _orders = [];
    private string _edge = edge;

    /// <summary>Adds a route under a beginning.</summary>
    public void Add(string prefix, int order)
    {
        var folded = PrefixText.Fold(prefix);
        AddFolded(folded.Length > MaxPrefix ? folded[..MaxPrefix] : folded, order);
    }

    /// <summary>How many candidates all nodes of the tree will hold.</summary>
    /// <param name="inherited">How many routes the nodes above hold.</param>
    public long Size(long inherited) => inherited + _orders.Count + _children.Sum(child => child.Size(inherited + _orders.Count));

    /// <summary>Makes the tree immutable.</summary>
    /// <param name="routes">The routes by their order.</param>
    /// <param name="inherited">The orders of the nodes above.</param>
    public PrefixNode Build(IReadOnlyList<CompiledRoute> routes, IReadOnlyCollection<int> inherited)
    {
        var orders = new SortedSet<int>(inherited);
        orders.UnionWith(_orders);
        var candidates = orders.Select(order => new IndexedRoute(order, routes[order])).ToArray();
        return new PrefixNode(_edge, _children.Select(child => child.Build(routes, orders)).ToArray(), candidates);
    }

    private void AddFolded(string prefix, int order)
    {
        if (prefix.Length == 0)
        {
            _orders.Add(order);
            return;
        }

        var child = _children.Find(candidate => candidate._edge[0] == prefix[0]);
        if (child is null)
        {
            child = new PrefixNodeBuilder(prefix);
            child._orders.Add(order);
            _children.Add(child);
            return;
        }

        var shared = child._edge.AsSpan().CommonPrefixLength(prefix);
        if (shared < child._edge.Length)
            child.Split(shared);
        child.AddFolded(prefix[shared..], order);
    }

    /// <summary>Makes this node end after some characters of its edge, and moves what it held to a new child.</summary>
    private void Split(int length)
    {
        var lower = new PrefixNodeBuilder(_edge[length..]);
        lower._children.AddRange(_children);
        lower._orders.UnionWith(_orders);
        _children.Clear();
        _orders.Clear();
        _children.Add(lower);
        _edge = _edge[..length];
    }
}
