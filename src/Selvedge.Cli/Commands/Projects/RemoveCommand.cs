using System.CommandLine;

namespace Selvedge.Cli.Commands.Projects;

/// <summary><c>selvedge projects rm NAME</c>: forgets a project.</summary>
internal static class RemoveCommand
{
    /// <summary>Declares the command.</summary>
    public static Command Create() =>
        ProjectVerb.Create(
            "rm",
            "Forget a project: its secrets, origins and privacy. Its streams stay, and nobody reaches them.",
            [],
            (_, project, cancellationToken) => project.RemoveAsync(cancellationToken)
        );
}
