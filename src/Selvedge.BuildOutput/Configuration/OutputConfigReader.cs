using System.Text.Json;
using System.Text.RegularExpressions;
using Selvedge.BuildOutput.Json;
using Selvedge.BuildOutput.Paths;
using Selvedge.BuildOutput.StaticFiles;
using Selvedge.Routing;
using Selvedge.Routing.Config;

namespace Selvedge.BuildOutput.Configuration;

/// <summary>Reads <c>config.json</c>.</summary>
internal static partial class OutputConfigReader
{
    public const string FileName = "config.json";

    private const int Version = 3;

    /// <summary>Reads it; keys that are at fault are left out.</summary>
    public static OutputConfig Read(OutputReading reading)
    {
        var path = Path.Join(reading.Root, FileName);
        if (!File.Exists(path))
        {
            reading.Faults.Add(FileName, "", "Is missing: run `vercel build`, whose output holds it.");
            return new();
        }

        using var document = JsonFile.Read(path, FileName, reading.Limits.MaxConfigBytes, reading.Faults);
        if (document is null || JsonSection.Of(document.RootElement, FileName, "", reading.Faults) is not { } root)
            return new();
        return Read(root, reading);
    }

    private static OutputConfig Read(JsonSection root, OutputReading reading)
    {
        CheckVersion(root);
        if (!root.TryGet("routes", out _))
            root.Fault(
                "routes",
                "Is missing: the build that wrote this output failed; run `vercel build` again and mend what it reports."
            );
        WarnOfServices(root, reading);

        // Kept between builds, or for the platform's own tools.
        root.Ignore("cache", "flags", "afterCacheBypass", "daemons");

        var config = new OutputConfig
        {
            Routing = ReadRouting(root, reading),
            Overrides = ReadOverrides(root),
            Images = root.Section("images") is { } images ? ImagesConfigReader.Read(images, reading.Notes) : null,
            Crons = ReadCrons(root),
            Framework = ReadFramework(root),
            DeploymentId = ReadDeploymentId(root),
        };
        reading.Notes.AddUnknown(FileName, FileName, root.UnknownKeys);
        return config;
    }

    private static void CheckVersion(JsonSection root)
    {
        if (!root.TryGet("version", out var version))
            root.Fault("version", $"Is missing: a build output of version {Version} says so.");
        else if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != Version)
            root.Fault("version", $"Must be {Version}: other versions of the build output are not known.");
    }

    private static RoutingConfig ReadRouting(JsonSection root, OutputReading reading)
    {
        root.Ignore("wildcard");
        var faults = new List<RouteFault>();
        var unknownKeys = new HashSet<string>(StringComparer.Ordinal);
        var routing = RoutingConfigReader.Read(root.Element, faults, unknownKeys);
        foreach (var fault in faults)
            reading.Faults.Add(FileName, fault.Key, fault.Message);
        reading.Notes.AddUnknown(FileName, FileName, unknownKeys);
        return routing;
    }

    private static void WarnOfServices(JsonSection root, OutputReading reading)
    {
        foreach (var key in (ReadOnlySpan<string>)["services", "experimentalServices", "experimentalServicesV2"])
        {
            if (root.TryGet(key, out _))
                reading.Notes.Warn($"{FileName}: \"{key}\" is not supported; only the routes beside it are served.");
        }
    }

    private static List<OverrideConfig> ReadOverrides(JsonSection root)
    {
        var overrides = new List<OverrideConfig>();
        foreach (var (file, section) in root.SectionMap("overrides"))
        {
            section.Ignore("mode");
            overrides.Add(new(file, ReadOverridePath(section), ReadContentType(section)));
        }

        return overrides;
    }

    private static string? ReadOverridePath(JsonSection section)
    {
        var path = section.Text("path")?.Trim('/');
        if (string.IsNullOrEmpty(path))
            return null;
        if (TreePath.TryNormalize(path, out var plain))
            return plain;
        section.Fault("path", "Must be a path inside the site.");
        return null;
    }

    private static string? ReadContentType(JsonSection section)
    {
        var contentType = section.Text("contentType");
        if (contentType is null || ContentTypes.IsValid(contentType))
            return contentType;
        section.Fault("contentType", "Must be a media type, such as \"text/html; charset=utf-8\".");
        return null;
    }

    private static List<CronConfig> ReadCrons(JsonSection root)
    {
        var crons = new List<CronConfig>();
        foreach (var section in root.Sections("crons"))
        {
            var path = section.RequiredText("path", "it is the path to ask for");
            var schedule = section.RequiredText("schedule", "it is a cron expression, such as \"0 5 * * *\"");
            if (path is not null && !path.StartsWith('/'))
                section.Fault("path", "Must be a path that begins with /.");
            else if (path is not null && schedule is not null)
                crons.Add(new(path, schedule));
        }

        return crons;
    }

    /// <summary>Reads the framework that a configuration names, here and in a function's own.</summary>
    public static FrameworkInfo? ReadFramework(JsonSection root) =>
        root.Section("framework") is { } framework ? new(framework.Text("slug"), framework.Text("version")) : null;

    private static string? ReadDeploymentId(JsonSection root)
    {
        var id = root.Text("deploymentId");
        if (id is null || DeploymentId().IsMatch(id))
            return id;
        root.Fault("deploymentId", "Must be 1 to 32 letters, digits, hyphens and underscores.");
        return null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,32}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DeploymentId();
}
