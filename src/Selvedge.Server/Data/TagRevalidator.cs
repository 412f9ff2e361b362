using Selvedge.Caching;
using Selvedge.Caching.Data;
using Selvedge.Prerender;

namespace Selvedge.Server.Data;

/// <summary>Revalidates tags in everything that this server keeps for a site: what functions stored, and what they answered.</summary>
/// <param name="data">What the site's functions stored.</param>
/// <param name="pages">The pages that they rendered.</param>
/// <param name="cache">What else they answered.</param>
internal sealed class TagRevalidator(DataScope data, PrerenderCache pages, HttpCache cache)
{
    /// <summary>Revalidates; when it completes, no later request meets what was revalidated.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="how">
    /// What becomes of what carries them. A time for which it stays as stale is kept to for data; what was answered is made anew in the
    /// background as soon as somebody asks for it.
    /// </param>
    public async Task RevalidateAsync(IReadOnlyList<string> tags, TagRevalidation how)
    {
        // Data before answers: an answer that is made anew in between must not be made of old data.
        await data.RevalidateAsync(tags, how);
        pages.RevalidateTags(tags, how.KeepsStale);
        foreach (var tag in tags)
        {
            cache.PurgeTag(tag, soft: how.KeepsStale);
        }
    }
}
