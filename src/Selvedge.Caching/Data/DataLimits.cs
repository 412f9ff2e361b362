namespace Selvedge.Caching.Data;

/// <summary>What one item of the data cache may take.</summary>
public static class DataLimits
{
    /// <summary>Bytes of a value. 2 MiB, as on the platform.</summary>
    public const int MaxValueBytes = 2 * 1024 * 1024;

    /// <summary>Characters of a key. Frameworks hash theirs.</summary>
    public const int MaxKeyLength = 1024;

    /// <summary>
    /// Tags of an item, or of one question. Next.js lets a developer give 128; the tags of nested <c>use cache</c> functions add up.
    /// </summary>
    public const int MaxTags = 512;

    /// <summary>Characters of a tag. Next.js cuts those of developers at 256, and has longer ones of its own for paths.</summary>
    public const int MaxTagLength = 2048;

    /// <summary>Whether these can be tags of an item.</summary>
    public static bool AreTags(IReadOnlyCollection<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return tags.Count <= MaxTags && tags.All(tag => tag.Length is > 0 and <= MaxTagLength);
    }

    /// <summary>Whether this can be a key.</summary>
    public static bool IsKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Length is > 0 and <= MaxKeyLength;
    }
}
