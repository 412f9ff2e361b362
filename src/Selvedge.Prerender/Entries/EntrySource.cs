namespace Selvedge.Prerender.Entries;

/// <summary>Where an entry's content comes from.</summary>
public enum EntrySource
{
    /// <summary>Its function rendered it.</summary>
    Rendered,

    /// <summary>The build did: it is this page's <c>fallback</c>.</summary>
    Build,

    /// <summary>The build made it for every page of a route that is not there yet.</summary>
    Shell,
}
