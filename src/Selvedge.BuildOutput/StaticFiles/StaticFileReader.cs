using Selvedge.BuildOutput.Configuration;

namespace Selvedge.BuildOutput.StaticFiles;

/// <summary>Finds the files of <c>static</c> and applies the overrides.</summary>
internal static class StaticFileReader
{
    private const string DirectoryName = "static";

    /// <summary>Lists them by final path.</summary>
    public static List<StaticFile> Read(
        IReadOnlyList<OverrideConfig> overrides,
        OutputReading reading,
        CancellationToken cancellationToken
    )
    {
        var files = new Dictionary<string, StaticFile>(StringComparer.Ordinal);
        foreach (var entry in reading.Walker.Walk(DirectoryName, static _ => false, cancellationToken))
        {
            var contentType = ContentTypes.Of(entry.Path);
            files.Add(entry.Path, new($"/{entry.Path}", entry.RealPath, $"{DirectoryName}/{entry.Path}", contentType));
        }

        foreach (var item in overrides)
            Apply(item, files, reading.Notes);
        return [.. files.Values.OrderBy(static file => file.OutputPath, StringComparer.Ordinal)];
    }

    private static void Apply(OverrideConfig item, Dictionary<string, StaticFile> files, ReadingNotes notes)
    {
        if (!files.TryGetValue(item.File, out var file))
        {
            notes.Warn($"{OutputConfigReader.FileName}: overrides[\"{item.File}\"] names no file in {DirectoryName}.");
            return;
        }

        files.Remove(item.File);
        var path = item.Path ?? item.File;
        if (files.TryGetValue(path, out var replaced))
            notes.Warn(
                $"{OutputConfigReader.FileName}: overrides[\"{item.File}\"] takes the path of {replaced.Name}, which is not served."
            );
        files[path] = file with { OutputPath = $"/{path}", ContentType = item.ContentType ?? file.ContentType };
    }
}
