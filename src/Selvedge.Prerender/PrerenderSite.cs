using System.Collections.Frozen;
using Selvedge.BuildOutput;

namespace Selvedge.Prerender;

/// <summary>The prerenders of one deployment, and what renders them.</summary>
public sealed class PrerenderSite
{
    private readonly FrozenDictionary<int, PrerenderAsset[]> _groups;

    /// <summary>Makes it.</summary>
    /// <param name="revision">The deployment's revision: entries of another one are never served for it.</param>
    /// <param name="prerenders">Its prerenders.</param>
    /// <param name="renderer">Renders them.</param>
    public PrerenderSite(string revision, IReadOnlyList<PrerenderAsset> prerenders, IRenderer renderer)
    {
        Revision = revision;
        Prerenders = prerenders;
        Renderer = renderer;
        _groups = prerenders
            .Where(prerender => prerender.Config.Group is not null)
            .GroupBy(prerender => prerender.Config.Group!.Value)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>The deployment's revision.</summary>
    public string Revision { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<PrerenderAsset> Prerenders { get; }

    /// <summary>What renders them.</summary>
    public IRenderer Renderer { get; }

    /// <summary>The others that are regenerated whenever one is: a page, its data and its segments.</summary>
    public IEnumerable<PrerenderAsset> CompanionsOf(PrerenderAsset prerender)
    {
        ArgumentNullException.ThrowIfNull(prerender);
        return prerender.Config.Group is { } group && _groups.TryGetValue(group, out var members)
            ? members.Where(member => member != prerender)
            : [];
    }
}
