namespace Selvedge.Routing.Substitution;

/// <summary>A response header of a route.</summary>
/// <param name="Name">The field name, lower case.</param>
/// <param name="Value">The value.</param>
internal sealed record HeaderTemplate(string Name, Template Value)
{
    /// <summary>The name of the header that makes a redirect.</summary>
    public const string Location = "location";

    /// <summary>Whether it is <see cref="Location"/>.</summary>
    public bool IsLocation => string.Equals(Name, Location, StringComparison.Ordinal);
}
