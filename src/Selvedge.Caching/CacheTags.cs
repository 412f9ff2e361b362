using Selvedge.Caching.Fields;

namespace Selvedge.Caching;

/// <summary>Reads the tags a response can be purged by.</summary>
public static class CacheTags
{
    /// <summary>The field that carries them.</summary>
    public const string FieldName = "vercel-cache-tag";

    private const int MaxTags = 128;
    private const int MaxLength = 256;

    /// <summary>The tags in order; those beyond 128, and those longer than 256 characters, are ignored.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<KeyValuePair<string, string>> fields) =>
        FieldLines.Combined(fields, FieldName) is { } field
            ? [.. FieldList.Split(field).Where(tag => tag.Length <= MaxLength).Distinct(StringComparer.Ordinal).Take(MaxTags)]
            : [];
}
