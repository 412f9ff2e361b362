namespace Selvedge.Streams.Estuaries;

/// <summary>What became of a request about an estuary.</summary>
public enum EstuaryOutcome
{
    /// <summary>It was done just now.</summary>
    Done,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>There is no estuary of that name, or it has ended.</summary>
    NotFound,

    /// <summary>There is no stream of that name to follow.</summary>
    StreamNotFound,

    /// <summary>The stream's type is not the estuary's, or the estuary exists with another one.</summary>
    ContentTypeMismatch,

    /// <summary>An estuary would follow an estuary: one publish could then go round for ever.</summary>
    Chained,

    /// <summary>The estuary follows as many streams, or the stream has as many followers, as may be.</summary>
    TooMany,

    /// <summary>The name is that of a deleted stream with forks, or the stream is closed.</summary>
    NameTaken,

    /// <summary>More waits to be written than the store holds. Try again.</summary>
    Busy,
}
