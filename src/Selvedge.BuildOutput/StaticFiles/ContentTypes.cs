using System.Text;
using Microsoft.AspNetCore.StaticFiles;
using Selvedge.BuildOutput.Configuration;

namespace Selvedge.BuildOutput.StaticFiles;

/// <summary>The media types of files, by extension.</summary>
internal static class ContentTypes
{
    private const string Unknown = "application/octet-stream";

    private static readonly FileExtensionContentTypeProvider Provider = CreateProvider();

    /// <summary>The media type of a file; text is UTF-8, as builders write it.</summary>
    public static string Of(string fileName)
    {
        if (!Provider.TryGetContentType(fileName, out var type))
            return Unknown;
        return IsText(type) ? $"{type}; charset=utf-8" : type;
    }

    /// <summary>Whether a text is a media type that may be sent as it is.</summary>
    public static bool IsValid(string contentType) =>
        Ascii.IsValid(contentType) && HeaderSyntax.IsValue(contentType) && contentType.IndexOf('/', StringComparison.Ordinal) > 0;

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal)
        || type.EndsWith("+json", StringComparison.Ordinal)
        || type.EndsWith("+xml", StringComparison.Ordinal)
        || type is "application/json" or "application/xml";

    private static FileExtensionContentTypeProvider CreateProvider() =>
        new()
        {
            // What the list of ASP.NET lacks, or has an older name for.
            Mappings =
            {
                [".cjs"] = "text/javascript",
                [".gz"] = "application/gzip",
                [".heic"] = "image/heic",
                [".jsonld"] = "application/ld+json",
                [".jxl"] = "image/jxl",
                [".map"] = "application/json",
                [".rsc"] = "text/x-component",
                [".rss"] = "application/rss+xml",
                [".ts"] = "video/mp2t",
                [".ttf"] = "font/ttf",
                [".vtt"] = "text/vtt",
                [".woff"] = "font/woff",
                [".xml"] = "application/xml",
                [".yaml"] = "text/yaml",
                [".yml"] = "text/yaml",
                [".zip"] = "application/zip",
            },
        };
}
