namespace Selvedge.BuildOutput.Tests.Malformed;

/// <summary>Values of every type that a key may not have.</summary>
internal static class WrongTypes
{
    private const string Text = "text";
    private const string Number = "number";
    private const string Flag = "flag";
    private const string Object = "object";
    private const string Array = "array";

    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        [Text] = "\"\\u00fc text\"",
        [Number] = "7",
        [Flag] = "true",
        [Object] = """{"x":{}}""",
        [Array] = "[[]]",
    };

    // Keys, and the types they may have.
    private static readonly (string File, string Key, string[] Types)[] Keys =
    [
        ("config.json", "", [Object]),
        ("config.json", "version", []),
        ("config.json", "routes", [Array]),
        ("config.json", "routes[1]", [Object]),
        ("config.json", "routes[1].src", [Text]),
        ("config.json", "routes[1].status", [Number]),
        ("config.json", "routes[1].headers", [Object]),
        ("config.json", "routes[0].continue", [Flag]),
        ("config.json", "routes[0].middlewarePath", [Text]),
        ("config.json", "routes[3].dest", [Text]),
        ("config.json", "routes[2].handle", []),
        ("config.json", "wildcard", [Array]),
        ("config.json", "wildcard[0].domain", [Text]),
        ("config.json", "deploymentId", []),
        ("config.json", "framework", [Object]),
        ("config.json", "framework.slug", [Text]),
        ("config.json", "framework.version", [Text]),
        ("config.json", "overrides", [Object]),
        ("config.json", "overrides[\"404.html\"]", [Object]),
        ("config.json", "overrides[\"404.html\"].path", [Text]),
        ("config.json", "overrides[\"404.html\"].contentType", []),
        ("config.json", "images", []),
        ("config.json", "images.sizes", []),
        ("config.json", "images.domains", []),
        ("config.json", "images.qualities", []),
        ("config.json", "images.minimumCacheTTL", [Number]),
        ("config.json", "images.formats", []),
        ("config.json", "images.remotePatterns", []),
        ("config.json", "images.remotePatterns[0]", [Object]),
        ("config.json", "images.remotePatterns[0].hostname", [Text]),
        ("config.json", "images.localPatterns", []),
        ("config.json", "images.localPatterns[0].pathname", [Text]),
        ("config.json", "images.dangerouslyAllowSVG", [Flag]),
        ("config.json", "images.contentSecurityPolicy", [Text]),
        ("config.json", "images.contentDispositionType", []),
        ("config.json", "crons", []),
        ("config.json", "crons[0].path", []),
        ("config.json", "crons[0].schedule", [Text]),
        (SoundOutput.NodeFile, "", [Object]),
        (SoundOutput.NodeFile, "handler", []),
        (SoundOutput.NodeFile, "launcherType", [Text]),
        (SoundOutput.NodeFile, "shouldAddHelpers", [Flag]),
        (SoundOutput.NodeFile, "shouldAddSourcemapSupport", [Flag]),
        (SoundOutput.NodeFile, "awsLambdaHandler", [Text]),
        (SoundOutput.NodeFile, "useWebApi", [Flag]),
        (SoundOutput.NodeFile, "supportsResponseStreaming", [Flag]),
        (SoundOutput.NodeFile, "supportsCancellation", [Flag]),
        (SoundOutput.NodeFile, "memory", [Number]),
        (SoundOutput.NodeFile, "maxDuration", [Number]),
        (SoundOutput.NodeFile, "maxConcurrency", [Number]),
        (SoundOutput.NodeFile, "environment", []),
        (SoundOutput.NodeFile, "environment.A", [Text]),
        (SoundOutput.NodeFile, "regions", [Text]),
        (SoundOutput.NodeFile, "allowQuery", []),
        (SoundOutput.NodeFile, "operationType", [Text]),
        (SoundOutput.NodeFile, "architecture", [Text]),
        (SoundOutput.NodeFile, "framework", [Object]),
        (SoundOutput.NodeFile, "filePathMap", []),
        (SoundOutput.NodeFile, "filePathMap[\"m.js\"]", []),
        (SoundOutput.EdgeFile, "entrypoint", []),
        (SoundOutput.EdgeFile, "deploymentTarget", [Text]),
        (SoundOutput.EdgeFile, "name", [Text]),
        (SoundOutput.EdgeFile, "envVarsInUse", []),
        (SoundOutput.EdgeFile, "assets", []),
        (SoundOutput.EdgeFile, "assets[0]", []),
        (SoundOutput.EdgeFile, "assets[0].path", []),
        (SoundOutput.PrerenderFile, "", [Object]),
        (SoundOutput.PrerenderFile, "expiration", [Number]),
        (SoundOutput.PrerenderFile, "staleExpiration", [Number]),
        (SoundOutput.PrerenderFile, "group", [Number]),
        (SoundOutput.PrerenderFile, "bypassToken", [Text]),
        (SoundOutput.PrerenderFile, "fallback", []),
        (SoundOutput.PrerenderFile, "fallback.fsPath", []),
        (SoundOutput.PrerenderFile, "fallback.contentType", []),
        (SoundOutput.PrerenderFile, "initialHeaders", []),
        (SoundOutput.PrerenderFile, "initialHeaders.vary", [Text]),
        (SoundOutput.PrerenderFile, "initialStatus", []),
        (SoundOutput.PrerenderFile, "allowQuery", []),
        (SoundOutput.PrerenderFile, "allowHeader", []),
        (SoundOutput.PrerenderFile, "passQuery", [Flag]),
        (SoundOutput.PrerenderFile, "sourcePath", [Text]),
        (SoundOutput.PrerenderFile, "experimentalBypassFor", []),
        (SoundOutput.PrerenderFile, "experimentalBypassFor[0].type", []),
        (SoundOutput.PrerenderFile, "experimentalBypassFor[0].key", [Text]),
        (SoundOutput.PrerenderFile, "chain", []),
        (SoundOutput.PrerenderFile, "chain.outputPath", [Text]),
        (SoundOutput.PrerenderFile, "chain.headers", []),
        (SoundOutput.PrerenderFile, "exposeErrBody", [Flag]),
        (SoundOutput.PrerenderFile, "partialFallback", [Flag]),
    ];

    public static IEnumerable<MalformedOutput> All =>
        from key in Keys
        from value in Values
        where !key.Types.Contains(value.Key, StringComparer.Ordinal)
        select SoundOutput.With(key.File, key.Key, value.Value);
}
