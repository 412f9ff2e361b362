using Selvedge.Server.Functions;

namespace Selvedge.Server.Prerender;

/// <summary>
/// Tells a function that renders a page anew which of its tags were revalidated: Next.js then takes nothing that carries them from
/// whatever cache the function has.
/// </summary>
internal static class RevalidatedTags
{
    private const string TagsHeader = "x-next-revalidated-tags";
    private const string TokenHeader = "x-next-revalidate-tag-token";

    /// <summary>Many more pages' worth than one has; what is beyond is not told.</summary>
    private const int MaxLength = 16 * 1024;

    /// <summary>Adds the headers, if there is something to tell and a token to prove it by.</summary>
    public static void Tell(OutboundHeaders headers, IReadOnlyList<string> tags, string? token)
    {
        var list = new List<string>();
        var length = 0;
        foreach (var tag in tags.Where(CanBeListed))
        {
            length += tag.Length + 1;
            if (length > MaxLength)
            {
                break;
            }

            list.Add(tag);
        }

        if (list.Count > 0 && token is { Length: > 0 })
        {
            headers.Set(TagsHeader, string.Join(',', list));
            headers.Set(TokenHeader, token);
        }
    }

    // Others have a twin in Next.js' own spelling.
    private static bool CanBeListed(string tag) => tag.All(character => character is >= ' ' and <= '~' and not ',');
}
