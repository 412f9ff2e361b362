using Selvedge.Routing.Conditions;
using Selvedge.Routing.Config;
using Selvedge.Routing.Substitution;

namespace Selvedge.Routing.Transforms;

/// <summary>An item of <c>transforms</c>, compiled.</summary>
/// <param name="Kind">What it changes.</param>
/// <param name="Operation">How.</param>
/// <param name="Key">The name to change; <see langword="null"/> if <paramref name="Selector"/> chooses, and for a path.</param>
/// <param name="Selector">Chooses among the names that exist.</param>
/// <param name="Args">The values.</param>
internal sealed record Transform(
    TransformKind Kind,
    HeaderChangeKind Operation,
    Template? Key,
    ValueTest? Selector,
    IReadOnlyList<Template> Args
)
{
    /// <summary>All its texts in which a <c>$</c> counts.</summary>
    public IEnumerable<Template> Templates => Key is null ? Args : [Key, .. Args];
}
