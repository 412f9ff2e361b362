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
            return Find(value.GetString()!, contentType: null, message => root.Fault(Key, message), directory, reading);
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
        return path is null ? null : Find(path, contentType, message => section.Fault("fsPath", message), directory, reading);
    }

    private static FallbackFile? Find(
        string path,
        string? contentType,
        Action<string> fault,
        string directory,
        OutputReading reading
    )
    {
        if (path.Length == 0 || path.Contains('\0') || Path.IsPathRooted(path))
            fault("Must be a path relative to this configuration.");
        else if (reading.RealPaths.Resolve(Path.Join(directory, path), out var real) != PathFault.None)
            fault($"Names {path}, which does not exist.");
        else if (!RealPaths.IsInside(real, reading.Root))
            fault($"Names {path}, which is outside the build output.");
        else if (!FileTypes.IsRegular(real))
            fault($"Names {path}, which is not a file.");
        else
            return new(real, contentType ?? ContentTypes.Of(path));
        return null;
    }
}
