using System.Collections.Frozen;
using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Policy;

/// <summary>Updates a stored response from the 304 that confirmed it (RFC 9111 section 3.2).</summary>
public static class Freshening
{
    // Fields that describe the stored body rather than the response.
    private static readonly FrozenSet<string> OfTheBody = new[]
    {
        "content-encoding",
        "content-length",
        "content-md5",
        "content-range",
        "etag",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The stored fields with those of the 304 in place of the ones of the same name.</summary>
    public static List<KeyValuePair<string, string>> Update(
        IReadOnlyList<KeyValuePair<string, string>> stored,
        IReadOnlyList<KeyValuePair<string, string>> confirmed
    )
    {
        var news = confirmed.Where(field => !OfTheBody.Contains(field.Key)).ToList();
        return
        [
            // The old Age was counted into the age of the response that has just been replaced.
            .. stored.Where(field => !FieldLines.Has(news, field.Key) && !FieldLines.Is(field, "age")),
            .. news,
        ];
    }
}
