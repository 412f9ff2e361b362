namespace Selvedge.Streams.Access;

/// <summary>What a token says about its bearer, once its signature has been found right.</summary>
/// <param name="Scope">What the bearer may do.</param>
/// <param name="StreamId">The one stream the bearer may do it to; null for every stream of the project.</param>
/// <param name="Expires">When the token ends.</param>
public sealed record TokenClaims(AccessScope Scope, string? StreamId, DateTimeOffset Expires);
