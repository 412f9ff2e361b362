namespace Selvedge.BuildOutput;

/// <summary>The <c>images</c> of <c>config.json</c>: what the image optimiser may be asked for.</summary>
public sealed record ImagesConfig
{
    /// <summary>Widths in pixels that may be asked for.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>Hosts whose images may be fetched, exact names.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Remote images that may be fetched, besides those of <see cref="Domains"/>.</summary>
    public IReadOnlyList<ImagePattern> RemotePatterns { get; init; } = [];

    /// <summary>Images of the deployment that may be asked for; <see langword="null"/> means all, empty means none.</summary>
    public IReadOnlyList<ImagePattern>? LocalPatterns { get; init; }

    /// <summary>Qualities from 1 to 100 that may be asked for; <see langword="null"/> means all.</summary>
    public IReadOnlyList<int>? Qualities { get; init; }

    /// <summary>How long an optimised image is kept at least. Default 60 seconds.</summary>
    public TimeSpan MinimumCacheTtl { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Media types to convert to, the best first, of those a client accepts: <c>image/avif</c>, <c>image/webp</c>.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>Whether SVG, which may hold scripts, is passed on. Default false.</summary>
    public bool DangerouslyAllowSvg { get; init; }

    /// <summary>The <c>Content-Security-Policy</c> of an optimised image.</summary>
    public string? ContentSecurityPolicy { get; init; }

    /// <summary>The <c>Content-Disposition</c> type of an optimised image: <c>inline</c> or <c>attachment</c>.</summary>
    public string? ContentDispositionType { get; init; }
}
