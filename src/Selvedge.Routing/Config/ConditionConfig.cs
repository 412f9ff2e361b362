namespace Selvedge.Routing.Config;

/// <summary>An item of <c>has</c> or <c>missing</c>.</summary>
public sealed record ConditionConfig
{
    /// <summary><c>type</c>: where to look.</summary>
    public required ConditionKind Kind { get; init; }

    /// <summary><c>key</c>: the name to look up; <see langword="null"/> for a host.</summary>
    public string? Key { get; init; }

    /// <summary><c>value</c> as a string: a regular expression for the whole value. <see langword="null"/>: any value will do.</summary>
    public string? Pattern { get; init; }

    /// <summary><c>value</c> as an object: operators that must all hold.</summary>
    public ValueTestConfig? Test { get; init; }
}
