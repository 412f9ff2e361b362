namespace Selvedge.Routing.Substitution;

/// <summary>Where a substituted text ends up, which decides what must be encoded in it.</summary>
internal enum TextPosition
{
    /// <summary>In the path of a destination.</summary>
    Path,

    /// <summary>In the query of a destination.</summary>
    Query,

    /// <summary>In a header's value or in an argument: as it is. Whoever uses the value checks it.</summary>
    Plain,
}
