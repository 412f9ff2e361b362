using System.Diagnostics.CodeAnalysis;

namespace Selvedge.Server.Data;

/// <summary>What a request to the data cache is about.</summary>
/// <param name="Family">
/// Whose item it is: <c>suspense-cache</c> (the data cache of Next.js), <c>use-cache</c> or <c>runtime-cache</c>. Keys of one are no
/// keys of another.
/// </param>
/// <param name="Key">The key, decoded.</param>
/// <param name="Query">The query as it was sent, without question mark.</param>
internal sealed record DataTarget(string Family, string Key, string Query)
{
    /// <summary>The data cache of Next.js: its <c>fetch</c> and <c>unstable_cache</c>.</summary>
    public const string NextData = "suspense-cache";

    private const string Root = "/v1/";
    private const string Revalidate = "revalidate";

    private static readonly string[] Families = [NextData, "use-cache", "runtime-cache"];

    /// <summary>The key in the cache.</summary>
    public string ItemKey => $"{Family}/{Key}";

    /// <summary>Whether it names the revalidation of tags and not an item.</summary>
    public bool IsRevalidation => Key == Revalidate;

    /// <summary>Reads a request's target, in which every key is one segment.</summary>
    public static bool TryParse(string rawTarget, [NotNullWhen(true)] out DataTarget? target)
    {
        target = null;
        var question = rawTarget.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? rawTarget : rawTarget[..question];
        if (!path.StartsWith(Root, StringComparison.Ordinal))
        {
            return false;
        }

        var slash = path.IndexOf('/', Root.Length);
        if (slash < 0 || slash == path.Length - 1)
        {
            return false;
        }

        var family = path[Root.Length..slash];
        if (!Families.Contains(family, StringComparer.Ordinal))
        {
            return false;
        }

        target = new DataTarget(
            family,
            Uri.UnescapeDataString(path[(slash + 1)..]),
            question < 0 ? "" : rawTarget[(question + 1)..]
        );
        return true;
    }

    /// <summary>The value of a query parameter, as it was sent.</summary>
    public string? Parameter(string name) =>
        Query
            .Split('&')
            .Where(pair => pair.StartsWith(name, StringComparison.Ordinal) && pair.AsSpan(name.Length).StartsWith("="))
            .Select(pair => pair[(name.Length + 1)..])
            .FirstOrDefault();
}
