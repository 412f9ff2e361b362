using Selvedge.Routing.Patterns;

namespace Selvedge.Routing.Substitution;

/// <summary>The captures of the route being applied.</summary>
internal sealed class CaptureScope
{
    private List<KeyValuePair<string, string>>? _conditions;

    /// <summary>What the path's pattern captured.</summary>
    public PathMatch Path { get; set; }

    /// <summary>What <c>$wildcard</c> stands for on this host; empty if nothing.</summary>
    public string Wildcard { get; set; } = "";

    /// <summary>Forgets what conditions captured, for the next route.</summary>
    public void Clear() => _conditions?.Clear();

    /// <summary>Adds what a condition captured.</summary>
    public void Add(string name, string value) => (_conditions ??= []).Add(new(name, value));

    /// <summary>What conditions captured under a name; the last one counts.</summary>
    public string? Condition(string name)
    {
        for (var i = (_conditions?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (string.Equals(_conditions![i].Key, name, StringComparison.Ordinal))
                return _conditions[i].Value;
        }

        return null;
    }
}
