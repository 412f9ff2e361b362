using Selvedge.Caching;
using Selvedge.Caching.Data;

namespace Selvedge.Server.Data;

/// <summary>Revalidates tags in everything that this server keeps for a site: what functions stored, and what they answered.</summary>
/// <param name="data">What the site's functions stored.</param>
/// <param name="cache">What they answered.</param>
internal sealed class TagRevalidator(DataScope data, HttpCache cache)
{
    /// <summary>Revalidates; when it completes, no later request meets what was revalidated.</summary>
    public async Task RevalidateAsync(IReadOnlyCollection<string> tags, TagRevalidation how)
    {
        // Data before answers: an answer that is made anew in between must not be made of old data.
        await data.RevalidateAsync(tags, how);
        foreach (var tag in tags)
        {
            cache.PurgeTag(tag, soft: how.KeepsStale);
        }
    }
}
