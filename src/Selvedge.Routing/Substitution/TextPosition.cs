namespace Selvedge.Routing.Substitution;

/// <summary>Where a substituted text ends up, which decides what must be encoded in it.</summary>
internal enum TextPosition
{
    /// <summary>
    /// In the host of another origin. What conditions captured is never more than a label there; a group of the path may end the host
    /// and go on with the path, as in <c>https://origin.example$1</c>.
    /// </summary>
    Host,

    /// <summary>In the path of a destination.</summary>
    Path,

    /// <summary>In the query of a destination.</summary>
    Query,

    /// <summary>In a header's value or in an argument: as it is. Whoever uses the value checks it.</summary>
    Plain,
}
