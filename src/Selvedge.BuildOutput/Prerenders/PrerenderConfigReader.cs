using System.Text.Json;
using Selvedge.BuildOutput.Configuration;
using Selvedge.BuildOutput.Files;
using Selvedge.BuildOutput.Json;
using Selvedge.Routing.Config;

namespace Selvedge.BuildOutput.Prerenders;

/// <summary>Reads <c>*.prerender-config.json</c>.</summary>
internal static class PrerenderConfigReader
{
    public const string Suffix = ".prerender-config.json";

    // The platform asks for as many, because the token opens drafts and makes the server work.
    private const int MinTokenLength = 32;

    /// <summary>Reads one.</summary>
    /// <param name="entry">The file, as found in <c>functions</c>.</param>
    /// <param name="reading">The reading this is part of.</param>
    /// <returns>What it says, or <see langword="null"/> if it cannot be read at all.</returns>
    public static PrerenderSource? Read(TreeEntry entry, OutputReading reading)
    {
        var file = $"functions/{entry.Path}";
        using var document = JsonFile.Read(entry.RealPath, file, reading.Limits.MaxPrerenderConfigBytes, reading.Faults);
        if (document is null || JsonSection.Of(document.RootElement, file, "", reading.Faults) is not { } root)
            return null;

        // Labels, and the place of the function in the builder's own model.
        root.Ignore("type", "lambda", "prerenderClassification");
        var config = Read(root);
        if (config.BypassToken is { Length: < MinTokenLength })
            reading.Notes.Warn($"{file}: bypassToken is shorter than {MinTokenLength} characters and may be guessed.");
        var directory = Path.GetDirectoryName(Path.Join(reading.Root, file))!;
        var fallback = FallbackReader.Read(root, directory, reading);
        reading.Notes.AddUnknown(Suffix, file, root.UnknownKeys);
        return new(file, entry.RealPath, config, fallback);
    }

    private static PrerenderConfig Read(JsonSection root) =>
        new()
        {
            Expiration = ReadExpiration(root),
            StaleExpiration = ReadStaleExpiration(root),
            Group = root.WholeNumber("group", int.MinValue, int.MaxValue),
            BypassToken = ReadBypassToken(root),
            AllowQuery = root.Texts("allowQuery"),
            AllowHeader = root.Texts("allowHeader"),
            PassQuery = root.Flag("passQuery") ?? false,
            InitialHeaders = ReadHeaders(root, "initialHeaders"),
            InitialStatus = root.WholeNumber("initialStatus", 200, 599),
            SourcePath = root.Text("sourcePath"),
            BypassFor = ReadConditions(root),
            StreamingFunctionPath = root.Text("experimentalStreamingLambdaPath"),
            Chain = ReadChain(root),
            ExposeErrorBody = root.Flag("exposeErrBody") ?? false,
            PartialFallback = root.Flag("partialFallback") ?? false,
            Compute = ReadCompute(root),
        };

    private static TimeSpan? ReadExpiration(JsonSection root)
    {
        const string Key = "expiration";
        if (!root.TryGet(Key, out var value))
            root.Fault(Key, "Is missing: it is a number of seconds, or false for an answer that never expires.");
        else if (value.ValueKind != JsonValueKind.False)
            return root.Seconds(Key, value);
        return null;
    }

    private static TimeSpan? ReadStaleExpiration(JsonSection root) =>
        root.TryGet("staleExpiration", out var value) && value.ValueKind != JsonValueKind.False
            ? root.Seconds("staleExpiration", value)
            : null;

    private static string? ReadBypassToken(JsonSection root)
    {
        // An empty token would be matched by an empty cookie.
        var token = root.Text("bypassToken");
        if (token is not { Length: 0 })
            return token;
        root.Fault("bypassToken", "Is empty; leave it out or give it at least 32 characters.");
        return null;
    }

    private static List<KeyValuePair<string, string>> ReadHeaders(JsonSection root, string key)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (root.Section(key) is not { } section)
            return headers;
        foreach (var property in section.Element.EnumerateObject())
        {
            var name = property.Name;
            var values =
                property.Value.ValueKind == JsonValueKind.Array ? section.Texts(name) ?? []
                : section.Text(name) is { } value ? [value]
                : [];
            if (HeaderSyntax.IsName(name) && values.All(HeaderSyntax.IsValue))
                headers.AddRange(values.Select(value => KeyValuePair.Create(name, value)));
            else
                section.Fault(name, "Cannot be sent: its name is no header's name, or its value holds control characters.");
        }

        return headers;
    }

    private static PrerenderChain? ReadChain(JsonSection root)
    {
        if (root.Section("chain") is not { } chain)
            return null;
        var path = chain.RequiredText("outputPath", "it names the output that completes the page")?.Trim('/');
        return path is null ? null : new(path.Length == 0 ? "/index" : $"/{path}", ReadHeaders(chain, "headers"));
    }

    private static List<ConditionConfig> ReadConditions(JsonSection root)
    {
        var conditions = new List<ConditionConfig>();
        foreach (var section in root.Sections("experimentalBypassFor"))
        {
            if (ReadCondition(section) is { } condition)
                conditions.Add(condition);
        }

        return conditions;
    }

    private static ConditionConfig? ReadCondition(JsonSection section)
    {
        var type = section.RequiredText("type", "it is header, cookie, query or host");
        if (type is null)
            return null;
        ConditionKind? kind = type switch
        {
            "header" => ConditionKind.Header,
            "cookie" => ConditionKind.Cookie,
            "query" => ConditionKind.Query,
            "host" => ConditionKind.Host,
            _ => null,
        };
        if (kind is null)
        {
            section.Fault("type", "Must be header, cookie, query or host.");
            return null;
        }

        var isHost = kind == ConditionKind.Host;
        var key = isHost ? null : section.RequiredText("key", "it is the name to look for");
        var pattern = isHost ? section.RequiredText("value", "it is the host to look for") : section.Text("value");
        return new()
        {
            Kind = kind.Value,
            Key = key,
            Pattern = pattern,
        };
    }

    private static string? ReadCompute(JsonSection root)
    {
        if (root.Section("initialMetadata") is not { } metadata)
            return null;
        return metadata.Text("compute");
    }
}
