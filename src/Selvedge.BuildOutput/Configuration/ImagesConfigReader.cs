using Selvedge.BuildOutput.Json;

namespace Selvedge.BuildOutput.Configuration;

/// <summary>Reads the <c>images</c> of <c>config.json</c>.</summary>
internal static class ImagesConfigReader
{
    private const int MaxWidth = 65_535;
    private const int MaxQuality = 100;

    public static ImagesConfig Read(JsonSection images, ReadingNotes notes)
    {
        if (!images.TryGet("sizes", out _))
            images.Fault("sizes", "Is missing: it lists the widths that may be asked for.");
        var config = new ImagesConfig
        {
            Sizes = images.WholeNumbers("sizes", 1, MaxWidth) ?? [],
            Domains = images.Texts("domains") ?? [],
            RemotePatterns = ReadPatterns(images, "remotePatterns") ?? [],
            LocalPatterns = ReadPatterns(images, "localPatterns"),
            Qualities = images.WholeNumbers("qualities", 1, MaxQuality),
            MinimumCacheTtl = images.Seconds("minimumCacheTTL") ?? TimeSpan.FromSeconds(60),
            Formats = ReadFormats(images),
            DangerouslyAllowSvg = images.Flag("dangerouslyAllowSVG") ?? false,
            ContentSecurityPolicy = ReadContentSecurityPolicy(images),
            ContentDispositionType = ReadContentDispositionType(images),
        };
        notes.AddUnknown("images", OutputConfigReader.FileName, images.UnknownKeys.Select(static key => $"images.{key}"));
        return config;
    }

    private static List<ImagePattern>? ReadPatterns(JsonSection images, string key)
    {
        if (!images.TryGet(key, out _))
            return null;
        var patterns = new List<ImagePattern>();
        foreach (var section in images.Sections(key))
        {
            patterns.Add(
                new(
                    section.Text("protocol")?.TrimEnd(':'),
                    section.Text("hostname"),
                    section.Text("port"),
                    section.Text("pathname"),
                    section.Text("search")
                )
            );
        }

        return patterns;
    }

    private static List<string> ReadFormats(JsonSection images)
    {
        var formats = new List<string>();
        foreach (var format in images.Texts("formats") ?? [])
        {
            if (format is "image/avif" or "image/webp")
                formats.Add(format);
            else
                images.Fault("formats", "Must name only image/avif and image/webp.");
        }

        return formats;
    }

    private static string? ReadContentSecurityPolicy(JsonSection images)
    {
        var policy = images.Text("contentSecurityPolicy");
        if (policy is null || HeaderSyntax.IsValue(policy))
            return policy;
        images.Fault("contentSecurityPolicy", "Must be a header's value, without control characters.");
        return null;
    }

    private static string? ReadContentDispositionType(JsonSection images)
    {
        var type = images.Text("contentDispositionType");
        if (type is null or "inline" or "attachment")
            return type;
        images.Fault("contentDispositionType", "Must be inline or attachment.");
        return null;
    }
}
