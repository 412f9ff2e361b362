using Selvedge.BuildOutput;

namespace Selvedge.Prerender.Entries;

/// <summary>Names an entry, and what it is marked by together with others.</summary>
/// <remarks>
/// A function sees which host was asked, so the host is part of the key: a page that was rendered for a forged one is served to
/// nobody else. What concerns a page whatever its host is marked by a tag.
/// </remarks>
internal sealed class PrerenderKey
{
    // No response can carry these tags: a tag holds no comma.
    private const string PagePrefix = ",,page ";
    private const string GroupPrefix = ",,group ";

    private readonly string _revision;
    private readonly PrerenderAsset _prerender;

    private PrerenderKey(string revision, PrerenderAsset prerender, string query, string text)
    {
        _revision = revision;
        _prerender = prerender;
        Query = query;
        Text = text;
    }

    /// <summary>The whole key: site, revision, output path, query and headers.</summary>
    public string Text { get; }

    /// <summary>The query that the answer depends on, sorted.</summary>
    public string Query { get; }

    /// <summary>Marks the page for every host.</summary>
    public string PageTag => $"{PagePrefix}{_revision} {_prerender.OutputPath}?{Query}";

    /// <summary>Marks all pages of the group that were made of the same query; <see langword="null"/> if it stands alone.</summary>
    public string? GroupTag => _prerender.Config.Group is { } group ? $"{GroupPrefix}{_revision} {group}?{Query}" : null;

    /// <summary>What is regenerated at most once at a time.</summary>
    public string RegenerationKey(RenderScene scene) => GroupTag is { } group ? $"{group} {scene.Authority}" : Text;

    /// <summary>The key of the entry that answers a request.</summary>
    public static PrerenderKey Of(string revision, PrerenderAsset prerender, RenderScene scene)
    {
        var query = KeyQuery.Select(scene.Query, prerender.Config.AllowQuery);
        var text =
            query.Length == 0
                ? $"{revision} {scene.Scheme}://{scene.Authority}{prerender.OutputPath}"
                : $"{revision} {scene.Scheme}://{scene.Authority}{prerender.OutputPath}?{query}";
        var headers = prerender.Config.AllowHeader is { Count: > 0 } ? KeyHeaders.Of(scene.Headers) : "";
        return new PrerenderKey(revision, prerender, query, headers.Length == 0 ? text : $"{text}\n{headers}");
    }

    /// <summary>Whether a tag is one of a response's own, and none of ours.</summary>
    public static bool IsPublicTag(string tag) => !tag.StartsWith(',');
}
