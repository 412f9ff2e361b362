using Selvedge.BuildOutput;

namespace Selvedge.Prerender;

/// <summary>One call of a prerender's function.</summary>
/// <param name="Prerender">What to render.</param>
/// <param name="Query">The query that the answer depends on, in the key's order.</param>
/// <param name="Scene">On what occasion.</param>
/// <param name="InvocationId">
/// <c>x-invocation-id</c>: new for each regeneration and the same for the prerenders of a group, so that a framework can tell calls
/// that belong together from those that must not share a render.
/// </param>
/// <param name="OnDemand">Whether a request with the prerender's token asked for it.</param>
public sealed record RenderOrder(PrerenderAsset Prerender, string Query, RenderScene Scene, string InvocationId, bool OnDemand)
{
    /// <summary>The tags of what is rendered anew that were revalidated since it was rendered: perhaps the reason.</summary>
    public IReadOnlyList<string> RevalidatedTags { get; init; } = [];
}
