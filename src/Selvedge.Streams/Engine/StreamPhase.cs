namespace Selvedge.Streams.Engine;

/// <summary>Where a stream is in its life.</summary>
internal enum StreamPhase : byte
{
    /// <summary>It can be read and, unless closed, written.</summary>
    Live,

    /// <summary>It is deleted, but forks read its bytes. Its name cannot be used again yet.</summary>
    Gone,

    /// <summary>It is deleted and nobody reads its bytes any more.</summary>
    Removed,
}
