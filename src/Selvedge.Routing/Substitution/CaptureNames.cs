namespace Selvedge.Routing.Substitution;

/// <summary>What a <c>$</c> in a route's texts may refer to.</summary>
/// <param name="groups">The names of the pattern's groups from number 1 on.</param>
/// <param name="conditions">The names that conditions capture under.</param>
/// <param name="variables">The environment variables the route may name, with their values.</param>
internal sealed class CaptureNames(
    IReadOnlyList<string?> groups,
    IReadOnlyCollection<string> conditions,
    IReadOnlyDictionary<string, string> variables
)
{
    /// <summary>The name that stands for the host's entry in <c>wildcard</c>.</summary>
    public const string Wildcard = "wildcard";

    /// <summary>How many groups the pattern has.</summary>
    public int GroupCount => groups.Count;

    /// <summary>All names, longest first, so that <c>$slugs</c> is not read as <c>$slug</c> and an s.</summary>
    public IReadOnlyList<string> LongestFirst { get; } =
        groups
            .OfType<string>()
            .Concat(conditions)
            .Concat(variables.Keys)
            .Append(Wildcard)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(static name => name.Length)
            .ToList();

    /// <summary>The number of the group with a name, or <see langword="null"/>.</summary>
    public int? Group(string name)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            if (string.Equals(groups[i], name, StringComparison.Ordinal))
                return i + 1;
        }

        return null;
    }

    /// <summary>Whether a condition captures under a name.</summary>
    public bool IsCondition(string name) => conditions.Contains(name);

    /// <summary>The value of a variable the route may name, or <see langword="null"/>.</summary>
    public string? Variable(string name) => variables.GetValueOrDefault(name);
}
