namespace Selvedge.Routing.Requests;

/// <summary>The response headers that routes and middleware have set so far.</summary>
internal sealed class RoutedHeaders
{
    private List<RoutedHeader>? _headers;

    /// <summary>A header's value, or <see langword="null"/>.</summary>
    public string? Get(string name) => IndexOf(name) is >= 0 and var index ? _headers![index].Value : null;

    /// <summary>Sets a header in place of the one with its name.</summary>
    public void Set(RoutedHeader header)
    {
        var index = IndexOf(header.Name);
        if (index >= 0)
            _headers![index] = header;
        else
            (_headers ??= []).Add(header);
    }

    /// <summary>Adds a header beside those with its name.</summary>
    public void Add(RoutedHeader header) => (_headers ??= []).Add(header);

    /// <summary>Removes a header.</summary>
    public void Remove(string name)
    {
        var index = IndexOf(name);
        if (index >= 0)
            _headers!.RemoveAt(index);
    }

    /// <summary>The headers in the order they were first set.</summary>
    public IReadOnlyList<RoutedHeader> ToList() => _headers is null or [] ? [] : _headers.ToArray();

    private int IndexOf(string name)
    {
        for (var i = 0; i < (_headers?.Count ?? 0); i++)
        {
            if (string.Equals(_headers![i].Name, name, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }
}
