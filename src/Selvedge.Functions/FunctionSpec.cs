namespace Selvedge.Functions;

/// <summary>
/// What is known of one function: where its code lies and how it wants to be called. The object itself is the function's
/// identity: two specs with the same content are two functions, each with an instance of its own.
/// </summary>
/// <remarks>The properties carry the fields of the function's <c>.vc-config.json</c> (Vercel Build Output API v3).</remarks>
public sealed record FunctionSpec
{
    /// <summary>The name that logs show: the function's path in the build output, such as <c>api/hello</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the code expects around it. The default is Node.js.</summary>
    public FunctionRuntime Runtime { get; init; } = FunctionRuntime.Node;

    /// <summary>The absolute path of the function's directory, which is its working directory too.</summary>
    public required string Directory { get; init; }

    /// <summary>The module to import, relative to <see cref="Directory"/>; it may not lead out of it.</summary>
    public required string Handler { get; init; }

    /// <summary>
    /// Whether <c>(req, res)</c> handlers find <c>req.query</c>, <c>req.cookies</c>, <c>req.body</c>, <c>res.status</c>, <c>res.send</c>,
    /// <c>res.json</c> and <c>res.redirect</c>. An Express app never does, for it brings its own.
    /// </summary>
    public bool ShouldAddHelpers { get; init; }

    /// <summary>
    /// Whether the default export takes a <c>Request</c> and returns a <c>Response</c>, or nothing: Node.js middleware does. That of an
    /// edge function always does.
    /// </summary>
    public bool UseWebApi { get; init; }

    /// <summary>The AWS handler to call with an API gateway event, as <c>export</c> or <c>file.export</c>; <see langword="null"/> or empty for none.</summary>
    public string? AwsLambdaHandler { get; init; }

    /// <summary>
    /// Files that an edge function gets by <c>fetch("blob:name")</c>: name to path, relative to <see cref="Directory"/>; they may not
    /// lead out of it.
    /// </summary>
    public IReadOnlyDictionary<string, string> Assets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Whether the function counts on its response leaving as it is written. Every response does; the field is there for what else a
    /// server may make of it.
    /// </summary>
    public bool SupportsResponseStreaming { get; init; } = true;

    /// <summary>Environment variables of the function. They win over those that every function gets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where the function finds what it stored before; <see langword="null"/> leaves it to its own memory.</summary>
    public DataCacheAccess? DataCache { get; init; }

    /// <summary>How long one invocation may take, response body and <c>waitUntil</c> work included. The default is Vercel's 300 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, or longer than a day.</exception>
    public TimeSpan MaxDuration
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
            field = value;
        }
    } = TimeSpan.FromSeconds(300);

    /// <summary>The memory the function may use in MiB; nine tenths of it become V8's heap limit. <see langword="null"/> leaves Node's default.</summary>
    public int? MemoryMiB { get; init; }

    /// <summary>How many requests run in one instance at once; <see langword="null"/> takes <see cref="FunctionHostOptions.MaxConcurrencyPerInstance"/>.</summary>
    public int? MaxConcurrency { get; init; }
}
