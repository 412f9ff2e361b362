using System.Collections.Frozen;
using System.Text.Json;
using Selvedge.BuildOutput.Configuration;
using Selvedge.BuildOutput.Json;
using Selvedge.BuildOutput.Paths;

namespace Selvedge.BuildOutput.Bundles;

/// <summary>Reads <c>.vc-config.json</c>.</summary>
internal static class FunctionConfigReader
{
    public const string FileName = ".vc-config.json";

    private const int MaxMemory = 1024 * 1024;
    private const int MaxConcurrency = 1_000_000;

    // A day, in seconds: far beyond what the platform allows, and within what timers take.
    private const uint MaxDuration = 24 * 60 * 60;

    // What the word "max" means on the platform.
    private static readonly TimeSpan PlatformMaximum = TimeSpan.FromSeconds(800);

    /// <summary>Reads it; whether the handler exists is checked by the caller, who knows the files.</summary>
    public static FunctionConfig Read(JsonSection root)
    {
        var runtime = root.RequiredText("runtime", "it names what runs the function, such as nodejs24.x or edge") ?? "";

        // What the platform decides by, and one server has no use for.
        root.Ignore("functionFailoverRegions", "affinity", "runtimeLanguage", "supportsWrapper", "supportsMultiPayloads");
        root.Ignore("experimentalAllowBundling", "experimentalTriggers", "shouldDisableAutomaticFetchInstrumentation");

        var kind = KindOf(runtime);
        return new()
        {
            Kind = kind,
            Runtime = runtime,
            Handler = ReadHandler(root, kind),
            LauncherType = root.Text("launcherType"),
            ShouldAddHelpers = root.Flag("shouldAddHelpers") ?? false,
            ShouldAddSourcemapSupport = root.Flag("shouldAddSourcemapSupport") ?? false,
            AwsLambdaHandler = root.Text("awsLambdaHandler") is { Length: > 0 } export ? export : null,
            UseWebApi = root.Flag("useWebApi") ?? false,
            SupportsResponseStreaming = ReadStreaming(root),
            SupportsCancellation = root.Flag("supportsCancellation") ?? false,
            Memory = root.WholeNumber("memory", 1, MaxMemory),
            MaxDuration = ReadMaxDuration(root),
            MaxConcurrency = root.WholeNumber("maxConcurrency", 1, MaxConcurrency),
            Environment = ReadEnvironment(root),
            EnvVarsInUse = root.Texts("envVarsInUse"),
            DeploymentTarget = root.Text("deploymentTarget"),
            Name = root.Text("name"),
            Assets = ReadAssets(root),
            AllowQuery = root.Texts("allowQuery"),
            OperationType = root.Text("operationType"),
            Framework = OutputConfigReader.ReadFramework(root),
            Regions = ReadRegions(root),
            Architecture = root.Text("architecture"),
            Command = root.Texts("command") ?? [],
            FilePathMap = root.TextMap("filePathMap").ToFrozenDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>The key that names the file to load.</summary>
    public static string HandlerKey(FunctionKind kind) => kind == FunctionKind.Edge ? "entrypoint" : "handler";

    private static FunctionKind KindOf(string runtime) =>
        runtime == "edge" ? FunctionKind.Edge
        : runtime.StartsWith("nodejs", StringComparison.Ordinal) ? FunctionKind.Node
        : FunctionKind.Other;

    private static string ReadHandler(JsonSection root, FunctionKind kind)
    {
        root.Ignore("handler", "entrypoint");
        if (kind == FunctionKind.Other)
            return root.Text("handler") ?? "";

        var key = HandlerKey(kind);
        if (root.RequiredText(key, "it names the file that holds the function") is not { } file)
            return "";
        if (TreePath.TryNormalize(file, out var plain))
            return plain;
        root.Fault(key, "Leads out of the function's directory.");
        return "";
    }

    // Both keys are in use; either can say no.
    private static bool ReadStreaming(JsonSection root)
    {
        var current = root.Flag("supportsResponseStreaming");
        var older = root.Flag("experimentalResponseStreaming");
        return current ?? older ?? true;
    }

    private static TimeSpan? ReadMaxDuration(JsonSection root)
    {
        const string Key = "maxDuration";
        if (!root.TryGet(Key, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String && value.ValueEquals("max"))
            return PlatformMaximum;
        var duration = root.Seconds(Key, value, MaxDuration);
        if (duration != TimeSpan.Zero)
            return duration;
        root.Fault(Key, "Must be longer than zero seconds.");
        return null;
    }

    private static FrozenDictionary<string, string> ReadEnvironment(JsonSection root)
    {
        const string Key = "environment";
        var variables = root.TextMap(Key);
        foreach (var (name, value) in variables)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAny('=', '\0') || value.Contains('\0'))
                root.Section(Key)?.Fault(name, "Cannot be an environment variable: its name is empty or has =, or it holds NUL.");
        }

        return variables.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static List<EdgeAsset> ReadAssets(JsonSection root)
    {
        var assets = new List<EdgeAsset>();
        foreach (var section in root.Sections("assets"))
        {
            var name = section.RequiredText("name", "the function asks for the file by it");
            var path = section.RequiredText("path", "it is the file");
            if (name is null || path is null)
                continue;
            if (TreePath.TryNormalize(path, out var plain))
                assets.Add(new(name, plain));
            else
                section.Fault("path", "Leads out of the function's directory.");
        }

        return assets;
    }

    private static IReadOnlyList<string> ReadRegions(JsonSection root)
    {
        if (root.TryGet("regions", out var value) && value.ValueKind == JsonValueKind.String)
            return [value.GetString()!];
        return root.Texts("regions") ?? [];
    }
}
