using Selvedge.Streams.Protocol;

namespace Selvedge.Streams;

/// <summary>What a stream is made with and keeps for its whole life.</summary>
/// <param name="ContentType">The type of its bytes, as the creator wrote it.</param>
/// <param name="Lifetime">When it ends by itself.</param>
/// <param name="Fork">Where it branches off another stream; null for one that begins empty.</param>
public sealed record StreamConfig(string ContentType, Lifetime Lifetime, ForkOrigin? Fork)
{
    /// <summary>Whether anybody may read it; otherwise its project says who may.</summary>
    public bool IsPublic { get; init; }
}
