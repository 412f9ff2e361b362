using System.CommandLine;
using Selvedge.Cli.Commands.Projects;

namespace Selvedge.Cli.Commands;

/// <summary><c>selvedge projects</c>: the commands for who may use which streams.</summary>
internal static class ProjectsCommand
{
    /// <summary>Declares them.</summary>
    public static Command Create() =>
        new("projects", "Make projects of streams, and say who may use them.")
        {
            ListCommand.Create(),
            CreateCommand.Create(),
            ShowCommand.Create(),
            RemoveCommand.Create(),
            SecretCommand.Create(),
            CorsCommand.Create(),
            PrivacyCommand.Create(),
            TokenCommand.Create(),
            ReaderKeyCommand.Create(),
        };
}
