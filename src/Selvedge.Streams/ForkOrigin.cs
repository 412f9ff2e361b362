namespace Selvedge.Streams;

/// <summary>The point at which a fork leaves its source, as the client named it and as it was resolved.</summary>
/// <param name="Source">The name of the source.</param>
/// <param name="Anchor">The offset named by the client, or the source's tail when none was named.</param>
/// <param name="SubOffset">Messages (JSON) or bytes past the anchor.</param>
/// <param name="Position">The position both come to: what the fork shares with its source ends here.</param>
public sealed record ForkOrigin(string Source, long Anchor, long SubOffset, long Position);
