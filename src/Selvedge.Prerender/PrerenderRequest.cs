using Selvedge.BuildOutput;
using Selvedge.Prerender.Entries;

namespace Selvedge.Prerender;

/// <summary>A GET or HEAD for a prerender.</summary>
/// <param name="site">The deployment's prerenders.</param>
/// <param name="prerender">The one that is asked for.</param>
/// <param name="scene">What its function may know of the request.</param>
/// <param name="demand">What the request wants.</param>
public sealed class PrerenderRequest(
    PrerenderSite site,
    PrerenderAsset prerender,
    RenderScene scene,
    PrerenderDemand demand = PrerenderDemand.Visit
)
{
    /// <summary>The deployment's prerenders.</summary>
    public PrerenderSite Site { get; } = site;

    /// <summary>The one that is asked for.</summary>
    public PrerenderAsset Prerender { get; } = prerender;

    /// <summary>What its function may know of the request.</summary>
    public RenderScene Scene { get; } = scene;

    /// <summary>What the request wants.</summary>
    public PrerenderDemand Demand { get; } = demand;

    /// <summary>
    /// Whether it may wait for what somebody else has begun to render. A request of a function must not: it may be a part of that.
    /// </summary>
    public bool MayFollow { get; init; } = true;

    /// <summary>The entry that answers it.</summary>
    internal PrerenderKey Key { get; } = PrerenderKey.Of(site.Revision, prerender, scene);

    /// <summary>A request for another member of the same group, on the same occasion.</summary>
    internal PrerenderRequest For(PrerenderAsset companion) => new(Site, companion, Scene);
}
