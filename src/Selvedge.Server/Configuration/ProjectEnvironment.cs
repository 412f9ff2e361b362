namespace Selvedge.Server.Configuration;

/// <summary>The variables a project's functions get.</summary>
internal static class ProjectEnvironment
{
    // Later files only add: the first to name a variable wins, as in the frameworks. The first is what `vercel pull` writes.
    private static readonly string[] Files =
    [
        ".vercel/.env.production.local",
        ".env.production.local",
        ".env.local",
        ".env.production",
        ".env",
    ];

    /// <summary>Reads the project's <c>.env</c> files under what the settings say.</summary>
    public static IReadOnlyDictionary<string, string> Read(string projectRoot, IReadOnlyDictionary<string, string> settings)
    {
        var variables = new Dictionary<string, string>(settings, StringComparer.Ordinal);
        foreach (var file in Files)
        {
            var path = Path.Combine(projectRoot, file);
            if (File.Exists(path))
            {
                DotEnv.Parse(File.ReadAllText(path).ReplaceLineEndings("\n"), variables);
            }
        }

        return variables;
    }
}
