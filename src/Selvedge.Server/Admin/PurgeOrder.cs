namespace Selvedge.Server.Admin;

/// <summary>What a purge request asks for, as its JSON has it.</summary>
internal sealed record PurgeOrder
{
    /// <summary>Absolute URLs, as clients ask for them.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>Beginnings of absolute URLs.</summary>
    public IReadOnlyList<string> Prefixes { get; init; } = [];

    /// <summary>Tags of <c>Vercel-Cache-Tag</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether to purge everything.</summary>
    public bool All { get; init; }

    /// <summary>Whether what is purged stays as stale, for as long as it may be stale.</summary>
    public bool Soft { get; init; }
}
