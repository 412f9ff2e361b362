namespace Selvedge.Functions.Processes;

/// <summary>
/// Decides a function's environment variables. The server's own environment stays with the server: it may hold secrets that are no
/// function's business. What passes is what a program needs to find its tools and its temporary files.
/// </summary>
internal static class FunctionEnvironment
{
    /// <summary>The server's variables that functions inherit.</summary>
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "LANG"];

    /// <summary>
    /// What Vercel's runtime sets; a region named <c>dev1</c> would switch Next.js to development. The zone is Vercel's spelling of UTC.
    /// </summary>
    private static readonly KeyValuePair<string, string>[] Defaults =
    [
        new("NODE_ENV", "production"),
        new("TZ", ":UTC"),
        new("VERCEL", "1"),
        new("VERCEL_ENV", "production"),
        new("VERCEL_TARGET_ENV", "production"),
        new("VERCEL_URL", "localhost"),
        new("VERCEL_REGION", "sel1"),
        new("NOW_REGION", "sel1"),
    ];

    /// <summary>Makes the environment of one function: inherited, defaults, the site's name, the host's settings, the function's own; the last wins.</summary>
    public static Dictionary<string, string> Create(
        FunctionSpec function,
        FunctionHostOptions options,
        Func<string, string?> serverVariable
    )
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Inherited)
        {
            if (serverVariable(name) is { } value)
            {
                environment[name] = value;
            }
        }

        foreach (var (name, value) in Defaults.Concat(OfSite(options)).Concat(options.Environment).Concat(function.Environment))
        {
            if (IsValid(name, value))
            {
                environment[name] = value;
            }
        }

        return environment;
    }

    private static IEnumerable<KeyValuePair<string, string>> OfSite(FunctionHostOptions options) =>
        options.Loopback?.Names().FirstOrDefault(static name => !name.StartsWith('*')) is { } name
            ? [new("VERCEL_URL", name)]
            : [];

    /// <summary>Whether the system can hold the variable: a block of variables is text of <c>name=value</c>, each ended by NUL.</summary>
    private static bool IsValid(string name, string value) =>
        name.Length > 0 && !name.AsSpan().ContainsAny('=', '\0') && !value.Contains('\0', StringComparison.Ordinal);
}
