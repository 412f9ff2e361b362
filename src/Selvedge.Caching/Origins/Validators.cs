namespace Selvedge.Caching.Origins;

/// <summary>What a conditional request asks an origin to compare (RFC 9111 section 4.3.1).</summary>
/// <param name="EntityTag">For <c>If-None-Match</c>.</param>
/// <param name="LastModified">For <c>If-Modified-Since</c>.</param>
public sealed record Validators(string? EntityTag, string? LastModified);
