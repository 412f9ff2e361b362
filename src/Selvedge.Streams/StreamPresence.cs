namespace Selvedge.Streams;

/// <summary>Whether a name stands for a stream.</summary>
public enum StreamPresence
{
    /// <summary>No stream has that name.</summary>
    NotFound,

    /// <summary>There is a stream; after a delete: there was one, and it is deleted now.</summary>
    Found,

    /// <summary>The stream is deleted and kept only for its forks.</summary>
    Gone,
}
