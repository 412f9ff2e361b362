using Selvedge.BuildOutput;
using Selvedge.Routing;
using Selvedge.Server.Configuration;
using Spectre.Console;

namespace Selvedge.Cli;

/// <summary>Loads what the settings name.</summary>
internal static class Deployments
{
    /// <summary>Whether a directory holds a build output, good or bad.</summary>
    public static bool IsBuildOutput(string directory) =>
        File.Exists(Path.Combine(directory, "config.json")) || Directory.Exists(Path.Combine(directory, ".vercel", "output"));

    /// <summary>Reads the build output, with a sign of life on a terminal: hashing and staging a large one takes a moment.</summary>
    public static async Task<BuildOutputResult> LoadAsync(
        SelvedgeOptions options,
        bool terminal,
        CancellationToken cancellationToken
    )
    {
        var read = BuildOutputReader.ReadAsync(
            new BuildOutputOptions
            {
                Directory = Path.GetFullPath(options.Directory),
                StagingDirectory = DataDirectoryClaim.StagingIn(options.DataDirectory),
                ProjectRoot = options.ProjectRoot is { } root ? Path.GetFullPath(root) : null,
                Routing = new RoutingOptions
                {
                    Environment = Settings.EnvironmentOf(options),
                    RequestQueryWins = options.Routing.RequestQueryWins,
                },
            },
            cancellationToken
        );
        return terminal ? await AnsiConsole.Status().StartAsync("Reading the build output…", _ => read.AsTask()) : await read;
    }
}
