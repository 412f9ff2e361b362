using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Data;

/// <summary>Reads tags from requests.</summary>
internal static class DataTags
{
    /// <summary>Those that a request names in its fields.</summary>
    public static IReadOnlyList<string> Of(IHeaderDictionary headers) =>
        [
            .. Split(headers[DataFields.Tags].ToString()),
            .. Split(headers[DataFields.SoftTags].ToString()),
            .. Decode(headers[DataFields.EncodedTags].ToString()),
        ];

    /// <summary>Takes a list apart whose tags are percent-encoded.</summary>
    public static IEnumerable<string> Decode(string list) => Split(list).Select(Uri.UnescapeDataString);

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
