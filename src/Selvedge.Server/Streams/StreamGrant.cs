using Selvedge.Streams;
using Selvedge.Streams.Access;

namespace Selvedge.Server.Streams;

/// <summary>Whether a request may go on, and on whose account.</summary>
/// <param name="Refusal">Why it may not; null when it may.</param>
/// <param name="Claims">What the token says; null where none was asked for.</param>
internal readonly record struct StreamGrant(AccessRefusal? Refusal, TokenClaims? Claims)
{
    /// <summary>Nobody was asked who they are.</summary>
    public static StreamGrant Open { get; }

    /// <summary>The incarnation whose being public let its reader in; null where whatever has the name may be read.</summary>
    public ulong? OnlyIncarnation { get; init; }

    /// <summary>
    /// Whether it covers what was found under the name after the gate looked: a public stream may have been deleted since, and a
    /// private one made in its place.
    /// </summary>
    public bool Covers(StreamInfo stream) => OnlyIncarnation is not { } only || only == stream.Id;

    /// <summary>Whether the bearer's token is for one stream, and not for this one.</summary>
    public bool Excludes(string? streamId) => Claims?.StreamId is { } only && !only.Equals(streamId, StringComparison.Ordinal);
}
