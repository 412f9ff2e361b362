namespace Selvedge.Routing;

/// <summary>What is done to a header.</summary>
public enum HeaderChangeKind
{
    /// <summary>Replaced, or created.</summary>
    Set,

    /// <summary>Extended by one value.</summary>
    Append,

    /// <summary>Removed.</summary>
    Delete,
}
