namespace Selvedge.Server.Streams.Edge;

/// <summary>How a read follows a stream: the <c>live</c> parameter.</summary>
internal enum LiveMode
{
    /// <summary>Not at all: it wants what is there.</summary>
    None,

    /// <summary>It waits for news and ends with it.</summary>
    LongPoll,

    /// <summary>It stays, and gets news as events.</summary>
    Sse,
}
