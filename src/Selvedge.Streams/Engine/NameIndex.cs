namespace Selvedge.Streams.Engine;

/// <summary>The names of the streams in order, so that a page of them costs what the page costs and not a look at every stream.</summary>
/// <param name="comparer">Compares names; ordinal if left out.</param>
internal sealed class NameIndex(IComparer<string>? comparer = null)
{
    private readonly Lock _gate = new();
    private readonly SortedSet<string> _names = new(comparer ?? StringComparer.Ordinal);

    public void Add(string name)
    {
        lock (_gate)
            _names.Add(name);
    }

    public void Remove(string name)
    {
        lock (_gate)
            _names.Remove(name);
    }

    /// <summary>Finds the next names.</summary>
    /// <param name="prefix">What they begin with.</param>
    /// <param name="after">The name they come after.</param>
    /// <param name="page">Filled with them, in order.</param>
    /// <returns>How many there are. Fewer than the page holds means that there are no more.</returns>
    public int Next(string prefix, string after, Span<string> page)
    {
        var from = string.CompareOrdinal(prefix, after) > 0 ? prefix : after;
        var count = 0;
        lock (_gate)
        {
            if (_names.Max is not { } last || string.CompareOrdinal(from, last) > 0)
                return 0;
            foreach (var name in _names.GetViewBetween(from, last))
            {
                if (count == page.Length || !name.StartsWith(prefix, StringComparison.Ordinal))
                    break;
                if (name != after)
                    page[count++] = name;
            }
        }

        return count;
    }
}
