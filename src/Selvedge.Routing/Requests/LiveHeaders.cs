namespace Selvedge.Routing.Requests;

/// <summary>The request's headers as the routes so far have left them, and the list of what they changed.</summary>
/// <param name="sent">The headers as the client sent them.</param>
internal sealed class LiveHeaders(IRequestHeaders sent)
{
    // Most requests reach their end without a change.
    private List<KeyValuePair<string, string?>>? _current;
    private List<HeaderChange>? _changes;

    /// <summary>What was changed, in order.</summary>
    public IReadOnlyList<HeaderChange> Changes => _changes ?? (IReadOnlyList<HeaderChange>)[];

    /// <summary>Whether any route has touched a header, so that its value is no longer the client's.</summary>
    public bool IsChanged(string name) => IndexOf(name) >= 0;

    /// <summary>A header's value now.</summary>
    public string? Get(string name) => IndexOf(name) is >= 0 and var index ? _current![index].Value : sent.Get(name);

    /// <summary>The names of the headers there are now, lower case.</summary>
    public IReadOnlyList<string> Names()
    {
        var names = sent.Names.Select(static name => name.ToLowerInvariant()).Where(name => !IsChanged(name)).ToList();
        if (_current is not null)
            names.AddRange(_current.Where(static header => header.Value is not null).Select(static header => header.Key));
        return names;
    }

    /// <summary>Replaces a header.</summary>
    public void Set(string name, string value)
    {
        (_changes ??= []).Add(new HeaderChange(HeaderChangeKind.Set, name, value));
        Store(name, value);
    }

    /// <summary>Adds a value to a header.</summary>
    public void Append(string name, string value)
    {
        (_changes ??= []).Add(new HeaderChange(HeaderChangeKind.Append, name, value));
        var current = Get(name);
        Store(name, current is null ? value : $"{current}, {value}");
    }

    /// <summary>Removes a header, or one value of its list.</summary>
    public void Delete(string name, string? value)
    {
        (_changes ??= []).Add(new HeaderChange(HeaderChangeKind.Delete, name, value));
        Store(name, value is null ? null : Without(Get(name), value));
    }

    private static string? Without(string? list, string value)
    {
        var kept = list
            ?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(item => !string.Equals(item, value, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return kept is null or [] ? null : string.Join(", ", kept);
    }

    private void Store(string name, string? value)
    {
        var index = IndexOf(name);
        if (index >= 0)
            _current![index] = new(name, value);
        else
            (_current ??= []).Add(new(name, value));
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < (_current?.Count ?? 0); i++)
        {
            if (string.Equals(_current![i].Key, name, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }
}
