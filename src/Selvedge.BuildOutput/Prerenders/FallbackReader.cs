using System.Text.Json;
using Selvedge.BuildOutput.Files;
using Selvedge.BuildOutput.Json;
using Selvedge.BuildOutput.StaticFiles;

namespace Selvedge.BuildOutput.Prerenders;

/// <summary>Finds a prerender's <c>fallback</c>, which is a path or an object that describes a file.</summary>
internal static class FallbackReader
{
    private const string Key = "fallback";

    /// <summary>Finds it.</summary>
    /// <param name="root">The prerender's configuration.</param>
    /// <param name="directory">The directory that the configuration lies in, which the path is relative to.</param>
    /// <param name="reading">The reading this is part of.</param>
    public static FallbackFile? Read(JsonSection root, string directory, OutputReading reading)
    {
        if (!root.TryGet(Key, out var value) || value.ValueKind == JsonValueKind.False)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return Find(root, value.GetString()!, contentType: null, directory, reading);
        if (value.ValueKind != JsonValueKind.Object)
        {
            root.Fault(Key, JsonSection.WrongType("a path or a file object", value));
            return null;
        }

        var section = root.Section(Key)!;
        section.Ignore("type", "mode");
        var contentType = section.Text("contentType");
        if (contentType is not null && !ContentTypes.IsValid(contentType))
            section.Fault("contentType", "Must be a media type, such as \"text/html; charset=utf-8\".");
        var path = section.RequiredText("fsPath", "it is the path of the file, relative to this configuration");
        return path is null ? null : Find(root, path, contentType, directory, reading);
    }

    private static FallbackFile? Find(JsonSection root, string path, string? contentType, string directory, OutputReading reading)
    {
        if (path.Length == 0 || path.Contains('\0') || Path.IsPathRooted(path))
        {
            root.Fault(Key, "Must be a path relative to this configuration.");
            return null;
        }

        var fault = reading.RealPaths.Resolve(Path.Join(directory, path), out var real);
        if (fault != PathFault.None)
            root.Fault(Key, $"Names {path}, which does not exist.");
        else if (!RealPaths.IsInside(real, reading.Root))
            root.Fault(Key, $"Names {path}, which is outside the build output.");
        else if (Directory.Exists(real) || !FileTypes.IsRegular(real))
            root.Fault(Key, $"Names {path}, which is not a file.");
        else
            return new(real, contentType ?? ContentTypes.Of(path));
        return null;
    }
}
