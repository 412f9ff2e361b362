using Selvedge.BuildOutput;
using Selvedge.Prerender.Entries;

namespace Selvedge.Prerender;

/// <content>Purging and revalidation from outside. Each holds when it returns.</content>
public sealed partial class PrerenderCache
{
    /// <summary>Marks every entry that carries one of some tags.</summary>
    /// <param name="tags">
    /// The tags as they were given to <c>revalidateTag</c>; a path is the tag <c>_N_T_/path</c>, as <c>revalidatePath</c> makes it.
    /// </param>
    /// <param name="soft">
    /// Whether an entry answers once more, as <c>STALE</c>, while it is rendered anew. Otherwise the next request waits.
    /// </param>
    public void RevalidateTags(IReadOnlyList<string> tags, bool soft)
    {
        ArgumentNullException.ThrowIfNull(tags);
        foreach (var tag in tags)
        {
            _purges.PurgeTag(tag, soft);
        }
    }

    /// <summary>Marks every entry of a URL: <c>revision scheme://authority/path</c>, without query.</summary>
    public void PurgeUrl(string key, bool soft) => _purges.PurgeKey(key, soft);

    /// <summary>Marks the page and the group that a request leads to, whatever their host.</summary>
    public void PurgePage(PrerenderSite site, PrerenderAsset prerender, RenderScene scene, bool soft) =>
        Mark(PrerenderKey.Of(site.Revision, prerender, scene), soft);

    /// <summary>Marks every entry whose URL begins with <paramref name="prefix"/>.</summary>
    public void PurgePrefix(string prefix, bool soft) => _purges.PurgePrefix(prefix, soft);

    /// <summary>Marks everything.</summary>
    public void PurgeAll(bool soft) => _purges.PurgeAll(soft);
}
