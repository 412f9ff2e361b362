namespace Selvedge.Routing.Config;

/// <summary>An item of <c>transforms</c>.</summary>
public sealed record TransformConfig
{
    /// <summary><c>type</c>: what it changes.</summary>
    public required TransformKind Kind { get; init; }

    /// <summary><c>op</c>: how.</summary>
    public required HeaderChangeKind Operation { get; init; }

    /// <summary><c>target.key</c> as a string; <see langword="null"/> for a path, or when <see cref="KeyTest"/> selects.</summary>
    public string? Key { get; init; }

    /// <summary><c>target.key</c> as an object: selects among the keys that exist.</summary>
    public ValueTestConfig? KeyTest { get; init; }

    /// <summary><c>args</c>: the values. Empty for a deletion of all values.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary><c>env</c>: names of environment variables that <see cref="Args"/> may name.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];
}
