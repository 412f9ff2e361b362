namespace Selvedge.Streams;

/// <summary>What became of a request to make a stream.</summary>
public enum CreateOutcome
{
    /// <summary>The stream is new.</summary>
    Created,

    /// <summary>A stream of that name was there already. Whether it is the one asked for is <see cref="CreateResult.Stream"/>'s to say.</summary>
    Exists,

    /// <summary>The name belongs to a deleted stream that forks still read.</summary>
    NameGone,

    /// <summary>The fork's source does not exist, or is no longer the one the request was resolved against.</summary>
    SourceNotFound,

    /// <summary>The fork's source is deleted and kept only for its forks.</summary>
    SourceGone,

    /// <summary>The fork point lies past the source's tail.</summary>
    ForkPastTail,

    /// <summary>The source is a fork of a fork of a fork, too many times.</summary>
    ForkTooDeep,

    /// <summary>More is waiting to be written than the store will hold. Try again.</summary>
    Overloaded,
}
