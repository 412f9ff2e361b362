namespace Selvedge.Streams.Reading;

/// <summary>Whether a page could be read.</summary>
public enum PageOutcome
{
    /// <summary>There is a page, which may be empty.</summary>
    Read,

    /// <summary>The stream is no longer there.</summary>
    StreamGone,

    /// <summary>The position lies past the tail.</summary>
    PastTail,

    /// <summary>The position lies inside a message.</summary>
    InsideMessage,
}
