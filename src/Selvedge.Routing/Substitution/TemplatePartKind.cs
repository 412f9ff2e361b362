namespace Selvedge.Routing.Substitution;

/// <summary>What a piece of a template stands for.</summary>
internal enum TemplatePartKind
{
    /// <summary>Itself.</summary>
    Literal,

    /// <summary>What a group of the path's pattern captured.</summary>
    Group,

    /// <summary>What a condition captured, or else the group of the same name.</summary>
    Condition,

    /// <summary>The host's entry in <c>wildcard</c>, or nothing.</summary>
    Wildcard,
}
