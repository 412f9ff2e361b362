namespace Selvedge.Caching.Data;

/// <summary>What became of an item that was to be stored.</summary>
public enum DataWrite
{
    /// <summary>It is stored.</summary>
    Stored,

    /// <summary>One of its tags was revalidated after it began to be made, so nobody could have used it. Nothing is stored.</summary>
    Outdated,

    /// <summary>The key is empty, or longer than <see cref="DataLimits.MaxKeyLength"/>.</summary>
    BadKey,

    /// <summary>The value is larger than <see cref="DataLimits.MaxValueBytes"/>.</summary>
    ValueTooLarge,

    /// <summary>There are more tags than <see cref="DataLimits.MaxTags"/>, or one is empty or longer than <see cref="DataLimits.MaxTagLength"/>.</summary>
    BadTags,
}
