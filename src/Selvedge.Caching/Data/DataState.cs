namespace Selvedge.Caching.Data;

/// <summary>What the data cache says of an item. The later the value, the worse the item is.</summary>
public enum DataState
{
    /// <summary>It may be used.</summary>
    Fresh,

    /// <summary>A tag of it was revalidated: it may be used once more while its successor is made.</summary>
    Stale,

    /// <summary>A tag of it was revalidated, and it may not be used any more.</summary>
    Expired,

    /// <summary>There is none, or its lifetime is over.</summary>
    Missing,
}
