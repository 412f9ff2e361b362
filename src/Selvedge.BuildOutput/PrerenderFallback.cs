namespace Selvedge.BuildOutput;

/// <summary>The answer to a prerender that was made at build time.</summary>
public sealed class PrerenderFallback
{
    /// <summary>The file that holds it, absolute, links resolved, inside the output.</summary>
    public required string FilePath { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>A strong entity tag over its content (RFC 9110 section 8.8.3), quotes included.</summary>
    public required string ETag { get; init; }

    /// <summary>
    /// Its media type, as the configuration gives it or from the file's extension. For a partial prerender
    /// <c>application/x-nextjs-pre-render</c>, whose parameters say where the shell begins.
    /// </summary>
    public required string ContentType { get; init; }

    /// <summary>When it was last written, in whole seconds as <c>Last-Modified</c> is.</summary>
    public required DateTimeOffset LastModified { get; init; }
}
