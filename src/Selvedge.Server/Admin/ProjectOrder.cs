namespace Selvedge.Server.Admin;

/// <summary>What a request about a project brings; each takes what it needs of it.</summary>
/// <param name="Secret">A secret to sign tokens with.</param>
/// <param name="Keep">How many of the older secrets stay.</param>
/// <param name="CorsOrigins">The origins whose scripts may use the project's streams.</param>
/// <param name="IsPublic">Whether all its streams may be read without a token.</param>
/// <param name="Stream">The one stream it is about.</param>
/// <param name="Scope">What a token lets its bearer do.</param>
/// <param name="Seconds">How long a token lasts.</param>
internal sealed record ProjectOrder(
    string? Secret = null,
    int? Keep = null,
    string[]? CorsOrigins = null,
    bool? IsPublic = null,
    string? Stream = null,
    string? Scope = null,
    long? Seconds = null
);
