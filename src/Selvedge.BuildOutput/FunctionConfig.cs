namespace Selvedge.BuildOutput;

/// <summary>A function's <c>.vc-config.json</c>, checked.</summary>
public sealed record FunctionConfig
{
    /// <summary>What the runtime amounts to.</summary>
    public required FunctionKind Kind { get; init; }

    /// <summary>The runtime as written: <c>nodejs24.x</c>, <c>edge</c>. Its version is the builder's wish, not a requirement.</summary>
    public required string Runtime { get; init; }

    /// <summary>
    /// The file to load, relative to the bundle's directory and inside it: <c>handler</c>, or <c>entrypoint</c> of an edge function.
    /// For <see cref="FunctionKind.Other"/> the text as written, unchecked.
    /// </summary>
    public required string Handler { get; init; }

    /// <summary>Who calls the handler: <c>Nodejs</c> for the platform's launcher. <see langword="null"/> if not said.</summary>
    public string? LauncherType { get; init; }

    /// <summary>Whether the handler's request and response get the helpers (<c>req.query</c>, <c>res.json</c> …). Default false.</summary>
    public bool ShouldAddHelpers { get; init; }

    /// <summary>Whether stack traces should be mapped to sources. Default false.</summary>
    public bool ShouldAddSourcemapSupport { get; init; }

    /// <summary>The export that takes an AWS proxy event; <see langword="null"/> (also when written as an empty string) if none.</summary>
    public string? AwsLambdaHandler { get; init; }

    /// <summary>Whether the default export takes a web <c>Request</c>. Default false.</summary>
    public bool UseWebApi { get; init; }

    /// <summary>
    /// Whether its answer may be sent while it is made. Default true; the older <c>experimentalResponseStreaming</c> counts too.
    /// </summary>
    public bool SupportsResponseStreaming { get; init; } = true;

    /// <summary>Whether it understands that its caller has gone. Default false.</summary>
    public bool SupportsCancellation { get; init; }

    /// <summary>The memory it may use, in MiB; <see langword="null"/> leaves it to the host.</summary>
    public int? Memory { get; init; }

    /// <summary>
    /// How long one call may take; <see langword="null"/> leaves it to the host. The word <c>max</c> is 800 seconds, the platform's
    /// own maximum.
    /// </summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>How many requests one process may serve at once; <see langword="null"/> leaves it to the host.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Its own environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = NoStrings;

    /// <summary>Names of the host's environment variables that an edge function may see; <see langword="null"/> means all.</summary>
    public IReadOnlyList<string>? EnvVarsInUse { get; init; }

    /// <summary>What an edge function is built for: <c>v8-worker</c>.</summary>
    public string? DeploymentTarget { get; init; }

    /// <summary>The name an edge function gives itself.</summary>
    public string? Name { get; init; }

    /// <summary>Files that an edge function asks for by name.</summary>
    public IReadOnlyList<EdgeAsset> Assets { get; init; } = [];

    /// <summary>Query keys the function depends on; <see langword="null"/> means all.</summary>
    public IReadOnlyList<string>? AllowQuery { get; init; }

    /// <summary>A label: <c>Page</c>, <c>API</c>, <c>ISR</c>, <c>SSR</c>.</summary>
    public string? OperationType { get; init; }

    /// <summary>The framework that made it.</summary>
    public FrameworkInfo? Framework { get; init; }

    /// <summary>Where the platform would run it; one server has one place.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The processor it was built for, <c>x86_64</c> or <c>arm64</c>; matters only to native modules.</summary>
    public string? Architecture { get; init; }

    /// <summary>The image's command for <c>runtime</c> <c>container</c>.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>
    /// Files outside the bundle that belong in it: path in the bundle to path in the project. Already staged in
    /// <see cref="FunctionBundle.Directory"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> FilePathMap { get; init; } = NoStrings;

    private static IReadOnlyDictionary<string, string> NoStrings =>
        System.Collections.Frozen.FrozenDictionary<string, string>.Empty;
}
