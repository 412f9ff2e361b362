namespace Selvedge.Routing.Config;

/// <summary>The operators of a condition's value or of a transform's key. Those that are given must all hold.</summary>
public sealed record ValueTestConfig
{
    /// <summary><c>eq</c>: equal to this.</summary>
    public string? Equal { get; init; }

    /// <summary><c>neq</c>: not equal to this.</summary>
    public string? NotEqual { get; init; }

    /// <summary><c>inc</c>: one of these.</summary>
    public IReadOnlyList<string>? In { get; init; }

    /// <summary><c>ninc</c>: none of these.</summary>
    public IReadOnlyList<string>? NotIn { get; init; }

    /// <summary><c>pre</c>: begins with this.</summary>
    public string? Prefix { get; init; }

    /// <summary><c>suf</c>: ends with this.</summary>
    public string? Suffix { get; init; }

    /// <summary><c>re</c>: matches this regular expression as a whole.</summary>
    public string? Regex { get; init; }

    /// <summary><c>gt</c>: a number greater than this.</summary>
    public double? GreaterThan { get; init; }

    /// <summary><c>gte</c>: a number not less than this.</summary>
    public double? AtLeast { get; init; }

    /// <summary><c>lt</c>: a number less than this.</summary>
    public double? LessThan { get; init; }

    /// <summary><c>lte</c>: a number not greater than this.</summary>
    public double? AtMost { get; init; }
}
