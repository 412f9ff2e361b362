using Selvedge.Caching;
using Selvedge.Caching.Fields;

namespace Selvedge.Prerender.Entries;

/// <summary>Reads the tags a prerender's answer can be revalidated by.</summary>
internal static class EntryTags
{
    /// <summary>The field Next.js lists its tags in, those of the page's path (<c>_N_T_/blog</c>) among them.</summary>
    private const string NextFieldName = "x-next-cache-tags";

    private const int MaxTags = 1024;
    private const int MaxLength = 1024;

    /// <summary>The tags of an answer, and those of its key.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<KeyValuePair<string, string>> fields, PrerenderKey key)
    {
        var tags = new HashSet<string>(CacheTags.Of(fields), StringComparer.Ordinal);
        foreach (var tag in Split(FieldLines.Combined(fields, NextFieldName)))
        {
            if (tag.Length is > 0 and <= MaxLength && tags.Count < MaxTags)
            {
                tags.Add(tag);
                if (tag.Contains('%', StringComparison.Ordinal))
                {
                    // Whoever revalidates says the tag as the page's author wrote it, which is not how a header spells it.
                    tags.Add(Uri.UnescapeDataString(tag));
                }
            }
        }

        tags.RemoveWhere(tag => !PrerenderKey.IsPublicTag(tag));
        tags.Add(key.PageTag);
        if (key.GroupTag is { } group)
        {
            tags.Add(group);
        }

        return [.. tags];
    }

    private static string[] Split(string? field) => field?.Split(',', StringSplitOptions.TrimEntries) ?? [];
}
