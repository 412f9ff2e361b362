using Selvedge.BuildOutput.Json;
using Selvedge.BuildOutput.Staging;

namespace Selvedge.BuildOutput.Bundles;

/// <summary>Reads the directories of functions, each once however many links lead to it.</summary>
internal sealed class BundleReader(OutputReading reading)
{
    public const string Suffix = ".func";

    private const string FunctionsPrefix = "functions/";

    private readonly Dictionary<string, BundleSource?> _bundles = new(StringComparer.Ordinal);

    /// <summary>Reads the bundle in a directory.</summary>
    /// <param name="directory">The directory, absolute, without links, inside the output.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The bundle, or <see langword="null"/> if there was a fault.</returns>
    public BundleSource? Read(string directory, CancellationToken cancellationToken)
    {
        if (!_bundles.TryGetValue(directory, out var bundle))
        {
            bundle = ReadNew(directory, cancellationToken);
            _bundles.Add(directory, bundle);
        }

        return bundle;
    }

    private BundleSource? ReadNew(string directory, CancellationToken cancellationToken)
    {
        var label = Path.GetRelativePath(reading.Root, directory);
        var configFile = $"{label}/{FunctionConfigReader.FileName}";
        var configPath = Path.Join(directory, FunctionConfigReader.FileName);
        if (!File.Exists(configPath))
        {
            reading.Faults.Add(configFile, "", $"Is missing: every {Suffix} directory holds one; run `vercel build` again.");
            return null;
        }

        using var document = JsonFile.Read(configPath, configFile, reading.Limits.MaxFunctionConfigBytes, reading.Faults);
        if (document is null || JsonSection.Of(document.RootElement, configFile, "", reading.Faults) is not { } root)
            return null;

        var config = FunctionConfigReader.Read(root);
        reading.Notes.AddUnknown(FunctionConfigReader.FileName, configFile, root.UnknownKeys);
        var content = reading.Lister.List(directory, label, cancellationToken);

        // What cannot run needs no files either.
        var needsStaging = config.FilePathMap.Count > 0 && config.Kind != FunctionKind.Other;
        if (needsStaging)
            new BundleMapping(content, configFile, reading, cancellationToken).Run(config.FilePathMap, directory);

        var bundle = new BundleSource
        {
            Name = NameOf(label),
            Label = label,
            Directory = directory,
            Config = config,
            Content = content,
            NeedsStaging = needsStaging,
        };
        BundleCheck.Run(bundle, configFile, reading);
        return bundle;
    }

    private static string NameOf(string label)
    {
        var name = label.StartsWith(FunctionsPrefix, StringComparison.Ordinal) ? label[FunctionsPrefix.Length..] : label;
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
    }
}
