using Selvedge.Prerender.Entries;

namespace Selvedge.Prerender;

/// <summary>An entry, for those who run the server.</summary>
public sealed record PrerenderListing
{
    /// <summary>The key: revision, site, output path and query.</summary>
    public required string Key { get; init; }

    /// <summary>What the next visitor makes of it.</summary>
    public required PrerenderState State { get; init; }

    /// <summary>Where it comes from.</summary>
    public required EntrySource Source { get; init; }

    /// <summary>Its status.</summary>
    public required int Status { get; init; }

    /// <summary>How long ago it was rendered.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>How long it is fresh; <see langword="null"/> means for ever.</summary>
    public required TimeSpan? Expiration { get; init; }

    /// <summary>How long it may answer at all; <see langword="null"/> sets no end.</summary>
    public required TimeSpan? StaleExpiration { get; init; }

    /// <summary>The tags it can be purged by.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The length of its body, in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Whether it is in memory, and not on disk alone.</summary>
    public required bool InMemory { get; init; }
}
