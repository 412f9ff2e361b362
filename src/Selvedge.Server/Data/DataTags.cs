using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Data;

/// <summary>Reads tags from requests.</summary>
internal static class DataTags
{
    /// <summary>Those that a request names in its fields.</summary>
    /// <remarks>
    /// Next.js spells a tag as a header can hold it (<c>%C3%BC</c>); whoever purges it by name says it as its author wrote it. So such a
    /// tag is there in both spellings.
    /// </remarks>
    public static IReadOnlyList<string> Of(IHeaderDictionary headers)
    {
        List<string> tags =
        [
            .. Split(headers[DataFields.Tags].ToString()),
            .. Split(headers[DataFields.SoftTags].ToString()),
            .. Decode(headers[DataFields.EncodedTags].ToString()),
        ];
        tags.AddRange([.. tags.Where(tag => tag.Contains('%', StringComparison.Ordinal)).Select(Uri.UnescapeDataString)]);
        return tags;
    }

    /// <summary>Takes a list apart whose tags are percent-encoded.</summary>
    public static IEnumerable<string> Decode(string list) => Split(list).Select(Uri.UnescapeDataString);

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
