namespace Selvedge.BuildOutput.Tests.Malformed;

/// <summary>A small output that uses every kind of thing an output can hold; each malformed one is this with one thing wrong.</summary>
internal static class SoundOutput
{
    public const string NodeFile = "functions/api/[id].func/.vc-config.json";
    public const string EdgeFile = "functions/_middleware.func/.vc-config.json";
    public const string PrerenderFile = "functions/page.prerender-config.json";

    public const string Config = """
        {"version":3,"deploymentId":"dpl_1","framework":{"slug":"nextjs","version":"16.4.6"},
         "routes":[{"src":"/.*","middlewarePath":"_middleware","continue":true},{"src":"^/r$","status":308,"headers":{"Location":"/"}},
          {"handle":"filesystem"},{"src":"^/api/(.*)$","dest":"/api/[id]?id=$1","check":true},{"handle":"error"},{"status":404,"src":"/.*","dest":"/404"}],
         "overrides":{"404.html":{"path":"404","contentType":"text/html; charset=utf-8"}},"wildcard":[{"domain":"example.fr","value":"/fr"}],
         "images":{"sizes":[64],"domains":["example.com"],"qualities":[75],"minimumCacheTTL":60,"formats":["image/webp"],
          "remotePatterns":[{"protocol":"https","hostname":"^a$","port":"","pathname":"^/i$","search":""}],"localPatterns":[{"pathname":"^/p$"}],
          "dangerouslyAllowSVG":false,"contentSecurityPolicy":"script-src 'none'","contentDispositionType":"inline"},
         "crons":[{"path":"/api/1","schedule":"0 0 * * *"}]}
        """;

    public const string NodeConfig = """
        {"runtime":"nodejs24.x","handler":"index.js","launcherType":"Nodejs","shouldAddHelpers":true,"shouldAddSourcemapSupport":false,
         "awsLambdaHandler":"","useWebApi":false,"supportsResponseStreaming":true,"supportsCancellation":true,"memory":1024,"maxDuration":60,
         "maxConcurrency":10,"environment":{"A":"1"},"regions":["iad1"],"operationType":"API","architecture":"x86_64","allowQuery":["id"],
         "framework":{"slug":"nextjs","version":"16"},"filePathMap":{"m.js":"m.js"}}
        """;

    public const string EdgeConfig = """
        {"runtime":"edge","entrypoint":"index.js","deploymentTarget":"v8-worker","name":"middleware","envVarsInUse":["A"],
         "assets":[{"name":"w","path":"w.wasm"}],"environment":{}}
        """;

    public const string PrerenderConfig = """
        {"expiration":60,"staleExpiration":120,"group":1,"bypassToken":"0123456789abcdef0123456789abcdef","fallback":{"fsPath":"page.html",
         "contentType":"text/html"},"initialHeaders":{"vary":"rsc"},"initialStatus":200,"allowQuery":[],"allowHeader":["host"],"passQuery":true,
         "sourcePath":"/page","experimentalBypassFor":[{"type":"header","key":"next-action","value":".+"}],
         "experimentalStreamingLambdaPath":"page","chain":{"outputPath":"page","headers":{"next-resume":"1"}},"exposeErrBody":false,
         "partialFallback":false,"initialMetadata":{"compute":"static"}}
        """;

    /// <summary>The configuration files, with their texts.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["config.json"] = Config,
            [NodeFile] = NodeConfig,
            [EdgeFile] = EdgeConfig,
            [PrerenderFile] = PrerenderConfig,
        };

    /// <summary>The output with another value at a key, which must be at fault then.</summary>
    public static MalformedOutput With(string file, string key, string value) =>
        new($"{file}: {key} is {value}", output => output.File(file, JsonEdit.Replace(Files[file], key, value)), file, key);

    /// <summary>The output without a key, which must be at fault then.</summary>
    public static MalformedOutput Without(string file, string key) =>
        new($"{file}: {key} is missing", output => output.File(file, JsonEdit.Remove(Files[file], key)), file, key);

    public static OutputBuilder Create() =>
        new OutputBuilder()
            .Config(Config)
            .Static("404.html", "<html>")
            .Static("a/b.txt", "b")
            .Function("api/[id]", NodeConfig)
            .ProjectFile("m.js")
            .Function("_middleware", EdgeConfig)
            .File("functions/_middleware.func/w.wasm", "\0asm")
            .Link("functions/page.func", "api/[id].func")
            .Prerender("page", PrerenderConfig)
            .File("functions/page.html", "<html>");
}
